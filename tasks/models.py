"""The board: columns, labels and tasks. Rows are a cache of the log (`rebuild_board --check` proves it)."""

from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Lower

from accounts.models import HUES
from workspace.models import Project

# One character for each six tasks that are put into the same place; an index of PostgreSQL takes 2,700.
LONGEST_RANK = 2_000
LONGEST_REASON = 200


class RankField(models.CharField):  # type: ignore[type-arg]
    """A fractional index that sorts by its bytes on every database, whatever the locale of the database is."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Column(models.Model):
    """A stage of the work. Commands use its kind, so that renaming a column breaks nothing."""

    class Kind(models.TextChoices):
        BACKLOG = "backlog"
        NEXT = "next"
        DOING = "doing"
        DONE = "done"

    project = models.ForeignKey(Project, models.CASCADE, related_name="columns")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=7, choices=Kind)
    position = models.PositiveIntegerField()
    limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [models.UniqueConstraint("project", Lower("name"), name="column_names_differ")]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A word that tasks can be marked with."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="labels")
    name = models.CharField(max_length=32)
    hue = models.CharField(max_length=12, default=HUES[0])

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [models.UniqueConstraint("project", Lower("name"), name="label_names_differ")]

    def __str__(self) -> str:
        return self.name


class Item(NamedTuple):
    """A step of a task, called 12.1: `number` counts from 1 in each task."""

    number: int
    text: str
    is_done: bool


class Blocker(NamedTuple):
    """A task that is in the way of another one."""

    number: int
    title: str


class KeptTasks(models.Manager["Task"]):
    """The tasks that are not in the trash."""

    def get_queryset(self) -> models.QuerySet["Task"]:
        return super().get_queryset().filter(deleted_at=None)


class Task(models.Model):
    """A piece of work. `number` counts from 1 in each project: WEB-12.

    `items` holds the text of each item and whether it is done, by its number. What is in the trash is archived too, so that
    no query for the board has to ask for both. What was purged keeps its number alone.
    """

    class Priority(models.IntegerChoices):
        NONE = 0
        LOW = 1
        MEDIUM = 2
        HIGH = 3
        URGENT = 4

    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    column = models.ForeignKey(Column, models.PROTECT, related_name="tasks")
    position = RankField(max_length=LONGEST_RANK)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NONE)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    estimate = models.CharField(max_length=12, blank=True)
    every = models.CharField(
        max_length=40, blank=True
    )  # a rule of `workspace.repeats`; it goes on to the next task
    assignees = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="assigned_tasks")
    labels = models.ManyToManyField(Label, related_name="tasks")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    items = models.JSONField(default=dict)
    blockers = models.ManyToManyField("self", symmetrical=False, related_name="blocks")
    blocked_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = KeptTasks()
    everything: ClassVar[models.Manager["Task"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="task_numbers_differ")]
        indexes = [
            models.Index(
                fields=["column", "position"],
                condition=models.Q(archived_at=None, completed_at=None),
                name="open_tasks_of_a_column",
            ),
            models.Index(
                fields=["column", "-completed_at"], condition=models.Q(archived_at=None), name="done_tasks"
            ),
            models.Index(
                fields=["project", "due_on"],
                condition=models.Q(archived_at=None, completed_at=None),
                name="open_tasks_by_day",
            ),
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False, purged_at=None),
                name="tasks_in_the_trash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.slug}/t/{self.number}"

    @cached_property
    def people(self) -> list[Any]:
        """Who is assigned, by name. `tasks.queries.fill` loads it for many tasks at once."""
        return list(self.assignees.order_by("name"))

    @cached_property
    def marks(self) -> list[Label]:
        """The labels, oldest first: another name moves none. `tasks.queries.fill` loads them for many tasks at once."""
        return list(self.labels.order_by("pk"))

    @cached_property
    def waits_for(self) -> list[Blocker]:
        """The open tasks that block this one. `tasks.queries.fill` loads them for many tasks at once."""
        rows = self.blockers.filter(completed_at=None, archived_at=None).order_by("number")
        return [Blocker(*row) for row in rows.values_list("number", "title")]

    @property
    def is_blocked(self) -> bool:
        """Whether something is in its way: what is done is in nobody's, and nothing is in the way of what is done."""
        return not self.is_done and bool(self.blocked_reason or self.waits_for)

    @property
    def checklist(self) -> list[Item]:
        """The items in order."""
        found = sorted((int(number), *values) for number, values in self.items.items())
        return [Item(number, text, is_done) for number, text, is_done in found]

    @property
    def items_done(self) -> int:
        """How many of the items are done."""
        return sum(item.is_done for item in self.checklist)

    @property
    def ref(self) -> str:
        """How people call it: WEB-12."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_done(self) -> bool:
        return self.completed_at is not None
