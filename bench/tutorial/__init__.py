"""What the Django Channels tutorials build: a group member for each socket, and a row for each message."""
