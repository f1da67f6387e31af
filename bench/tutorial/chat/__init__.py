"""The tutorial's one app."""
