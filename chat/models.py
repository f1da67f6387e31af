"""What people say."""

from functools import cached_property

from django.conf import settings
from django.db import models

from tasks.models import Task
from workspace.models import Project


class Message(models.Model):
    """One say: its text as typed, and its HTML, rendered once. A removed message keeps its row and loses its text."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    html = models.TextField()
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="conversation")
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    tasks = models.ManyToManyField(Task, related_name="messages")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.slug}/m/{self.pk}"

    @cached_property
    def refs(self) -> list[Task]:
        """The tasks that the message names."""
        return list(self.tasks.all())
