from django.db import models


class Message(models.Model):  # noqa: DJ008 - as the tutorials have it
    room = models.CharField(max_length=100)
    content = models.TextField()
    timestamp = models.DateTimeField(auto_now_add=True)
