"""What people say, and what they ask each other."""

import re
from functools import cached_property
from html import unescape
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.html import strip_tags

from tasks.models import Task
from workspace.models import Membership, Project

_BREAK = re.compile(r"<br ?/?>|</(?:p|li|pre|h[1-6]|blockquote|t[dhr])>")  # where a line ends
TITLE = 200  # characters; what a task's title may have


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
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.slug}/m/{self.pk}"

    @property
    def words(self) -> str:
        """What it says, without the signs of Markdown, in one line."""
        return " ".join(unescape(strip_tags(_BREAK.sub(" ", self.html))).split())

    @cached_property
    def refs(self) -> list[Task]:
        """The tasks that the message names, and those that were made of it."""
        return list(self.tasks.all())

    @property
    def farewell(self) -> str:
        """What stands in the place of words that were removed."""
        is_own = self.removed_by_id in {None, self.author_id}
        return f"Message removed by {'its author' if is_own else 'an owner'}."

    @property
    def gist(self) -> str:
        """Its first line as the title of a task, without the command that it may start with."""
        line = self.text.strip().partition("\n")[0]
        return re.sub(r"^/[^\W\d][\w-]*\s+", "", line)[:TITLE].strip()

    @property
    def made(self) -> list[Task]:
        """The tasks that were made of it: its words do not name them."""
        return [task for task in self.refs if f'data-task="{task.number}"' not in self.html]


class Poll(models.Model):
    """A question to everybody in the project. `options` are texts, in order; a vote names one by its place."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="polls")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    question = models.CharField(max_length=200)
    options = models.JSONField(default=list)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.slug}/polls/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @cached_property
    def cast(self) -> "list[Vote]":
        """The votes, oldest first, with who gave them. `chat.polls.fill` loads them for many polls at once."""
        return list(self.votes.select_related("user").order_by("pk"))

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Each option with who chose it, and whether nobody has more votes."""
        voters = [
            [vote.user for vote in self.cast if vote.choice == place] for place in range(len(self.options))
        ]
        most = max(map(len, voters), default=0)
        return [
            {"text": text, "voters": voters[place], "leads": 0 < len(voters[place]) == most}
            for place, text in enumerate(self.options)
        ]


class Reminder(models.Model):
    """Words that its author wants to be posted at a moment, for somebody or (None) for everybody in the project.

    `number` counts from 1 for each author in each project. `done_at`: it was posted, taken back, or came to nothing;
    `undone_at`: it was taken back by /undo.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reminders")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    for_whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    tasks = models.JSONField(default=list)
    nonce = models.UUIDField()
    created_at = models.DateTimeField(null=True)  # which those of before did not keep
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "author", "number"], name="reminder_numbers_differ"),
            models.UniqueConstraint(fields=["project", "author", "nonce"], name="a_nonce_reminds_once"),
        ]
        indexes = [models.Index(fields=["at"], condition=models.Q(done_at=None), name="reminders_to_come")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What it is about: "#12, #13: call Ana"."""
        return ": ".join(filter(None, [", ".join(f"#{number}" for number in self.tasks), self.text]))


class SavedView(models.Model):
    """A query of the board that a member keeps under a name. It is theirs alone, and goes when they leave."""

    member = models.ForeignKey(Membership, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="saved_views_differ")]

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """What somebody chose in a poll: one each, which they can change and take back while the poll is open."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "user"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.choice}"
