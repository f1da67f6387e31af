"""The workspace, its projects and their members, and the log that everything else is a reading of."""

import hashlib
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import HUES


class Workspace(models.Model):
    """The one team that this installation is for."""

    name = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Workspace | None":
        """The workspace, or None before the first visit of `/setup`."""
        return cls.objects.first()


class Project(models.Model):
    """One conversation and one board."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=40, unique=True)
    key = models.CharField(max_length=10, unique=True)
    hue = models.CharField(max_length=12, default=HUES[0])
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seq = models.BigIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/p/{self.slug}"


class Membership(models.Model):
    """A person in a project: the proof of access, and the first argument of every action."""

    class Role(models.TextChoices):
        OWNER = "owner"
        MEMBER = "member"
        GUEST = "guest"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)
    read_seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.user} in {self.project}"


class Invitation(models.Model):
    """A link that lets people join a project. Only the digest of its code is stored."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=6, choices=Membership.Role, default=Membership.Role.MEMBER)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    max_uses = models.PositiveIntegerField(null=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Invitation to {self.project}"

    @staticmethod
    def digest_of(code: str) -> str:
        """What is stored of `code`. A code has 128 random bits or more, so a fast hash is enough."""
        return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_used_up(self) -> bool:
        return self.max_uses is not None and self.uses >= self.max_uses

    @property
    def is_usable(self) -> bool:
        return not (self.is_taken_back or self.is_used_up) and self.expires_at > timezone.now()

    @property
    def is_taken_back(self) -> bool:
        """Whether it was revoked, or whoever made it was switched off: it must not let them in again."""
        return bool(self.revoked_at) or not self.created_by.is_active


class Event(models.Model):
    """Something that happened in a project. Appended by `changes`, never changed afterwards.

    `seq` counts from 1 without holes in each project. `cause` is the seq of the message that made this happen.
    `details` holds `was` and `now` where a task changed, so that undo is a swap and the board is a fold of the log.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    nonce = models.UUIDField(null=True)
    cause = models.BigIntegerField(null=True)
    in_chat = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "seq"], name="seq_is_unique_in_a_project"),
            models.UniqueConstraint(fields=["project", "actor", "nonce"], name="a_nonce_works_once"),
        ]
        indexes = [
            models.Index(
                fields=["project", "-seq"], condition=models.Q(in_chat=True), name="lines_of_a_project"
            ),
            models.Index(
                fields=["project", "cause"], condition=models.Q(cause__isnull=False), name="effects_of_a_say"
            ),
            models.Index(fields=["project", "kind", "subject_id", "seq"], name="history_of_a_subject"),
            models.Index(fields=["project", "actor", "seq"], name="what_a_person_did"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.seq} {self.kind}"

    # A template's `date` filter takes 25 µs, and a line shows three: a third of what a live frame costs.
    @cached_property
    def stamp(self) -> str:
        """When it happened, for programs: "2026-11-25T10:37:02.123456+00:00"."""
        return self.at.isoformat()

    @cached_property
    def clock(self) -> str:
        """The time of day, in UTC until the reader's browser knows better: "10:37"."""
        return f"{self.at:%H:%M}"

    @property
    def noun(self) -> str:
        """What the event is about: `task` of `task.completed`."""
        return self.kind.partition(".")[0]

    @property
    def verb(self) -> str:
        """What was done: `completed` of `task.completed`."""
        verb = self.kind.partition(".")[2].replace("_", " ")
        return _VERBS.get(self.kind, verb)


_VERBS = {
    "task.created": "added",
    "task.undone": "returned",
    "task.redone": "returned",
    "project.created": "started",
    "poll.voted": "voted in",
    "poll.unvoted": "took back a vote in",
}
