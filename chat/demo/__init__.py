"""The sample workspace of `manage.py demo`: a small studio that talks and works, and as many messages as are asked for."""
