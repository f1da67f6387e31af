"""What the board shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count
from django.utils import timezone

from tasks.filling import fill
from tasks.models import Column, Task
from workspace.models import Event, Project
from workspace.prepared import Prepared
from workspace.repeats import written

CARDS = 50  # cards of a column on the page at first
DONE_FOR = timedelta(days=14)  # how long a finished task stays on the board


@dataclass
class BoardColumn:
    """A column with the number of its tasks and the first of their cards; where they are filtered, `matching` are left."""

    pk: int
    name: str
    kind: str
    limit: int | None
    count: int = 0
    matching: int | None = None
    cards: list[Task] = field(default_factory=list)

    @property
    def over_limit(self) -> bool:
        return self.limit is not None and self.count > self.limit

    @property
    def more(self) -> int:
        """How many tasks have no card on the page, but for those that were filtered out."""
        return (self.count if self.matching is None else self.matching) - len(self.cards)


def board(project: Project, *, cards: int = CARDS, whole: int | None = None) -> list[BoardColumn]:
    """The project's columns with their first cards, in order; all cards of the column with the id `whole`.

    The number of queries grows with the columns alone.
    """
    rows = columns_of(project)
    columns = _heads(rows)
    for column, row in zip(columns, rows, strict=True):
        column.cards = list(_cards(column, column.count if column.pk == whole else cards))
        for task in column.cards:
            task.project, task.column = project, row
    fill([task for column in columns for task in column.cards])
    return columns


def heads(project: Project) -> list[BoardColumn]:
    """The project's columns with the numbers of their tasks, without cards."""
    return _heads(columns_of(project))


def columns_of(project: Project) -> list[Column]:
    """The project's columns in order."""
    return list(_columns.rows(project.pk))


def _heads(columns: Sequence[Column]) -> list[BoardColumn]:
    done = [column.pk for column in columns if column.kind == Column.Kind.DONE]
    not_done = [column.pk for column in columns if column.pk not in done]
    counts = dict([*_open_counts.tuples(not_done), *_done_counts.tuples(done, _lately())])
    return [
        BoardColumn(column.pk, column.name, column.kind, column.limit, counts.get(column.pk, 0))
        for column in columns
    ]


def _cards(column: BoardColumn, most: int) -> Iterator[Task]:
    if not column.count or not most:
        return iter(())
    if column.kind == Column.Kind.DONE:
        return _done_tasks(most).rows(column.pk, _lately())
    return _open_tasks(most).rows(column.pk)


# What is in a done column is finished, and nothing else is (`tasks.steps.into`). So there is a card for each task in the
# other columns and for those finished lately in a done one, and each of these queries reads one partial index.
# The trash is archived, so that its tasks need not be asked for.
_OPEN = Task.everything.filter(archived_at=None, completed_at=None)
_DONE = Task.everything.filter(archived_at=None)
_columns: Prepared[Column] = Prepared(Column.objects.all(), "project")
_open_counts: Prepared[Task] = Prepared(_OPEN.values_list("column").annotate(Count("pk")), "column__in")
_done_counts: Prepared[Task] = Prepared(
    _DONE.values_list("column").annotate(Count("pk")), "column__in", "completed_at__gte"
)


@cache
def _open_tasks(most: int) -> Prepared[Task]:
    return Prepared(_OPEN.order_by("position"), "column", limit=most)


@cache
def _done_tasks(most: int) -> Prepared[Task]:
    return Prepared(_DONE.order_by("position"), "column", "completed_at__gte", limit=most)


def _lately() -> datetime:
    return timezone.now() - DONE_FOR


def tasks_by_id(project: Project, ids: Iterable[int | None]) -> dict[int, Task]:
    """The project's tasks with these ids, with all that a card shows; what is in the trash is among them."""
    tasks = {task.pk: task for task in _tasks.rows(project.pk, list({pk for pk in ids if pk}))}
    for task in tasks.values():
        task.project = project
    fill(list(tasks.values()))
    return tasks


_tasks: Prepared[Task] = Prepared(Task.everything.select_related("column"), "project", "pk__in")


def history(task: Task) -> list[Event]:
    """What happened to the task, oldest first."""
    events = Event.objects.filter(project=task.project, kind__startswith="task.", subject_id=task.pk)
    return list(events.select_related("actor").order_by("seq"))


def open_count(columns: Sequence[BoardColumn]) -> int:
    """How many tasks of these columns are not done."""
    return sum(column.count for column in columns if column.kind != Column.Kind.DONE)


def due_soon(project: Project) -> int:
    """How many open tasks are late or due within a week."""
    limit = timezone.localdate() + timedelta(days=7)
    return sum(count for _, count in _due.tuples(project.pk, limit))


_due: Prepared[Task] = Prepared(_OPEN.values_list("project").annotate(Count("pk")), "project", "due_on__lte")


def as_dict(task: Task) -> dict[str, Any]:
    """The task as programs get it."""
    return {
        "id": task.pk,
        "number": task.number,
        "ref": task.ref,
        "title": task.title,
        "description": task.description,
        "column": {"id": task.column_id, "name": task.column.name, "kind": task.column.kind},
        "position": task.position,
        "priority": Task.Priority(task.priority).name.lower(),
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "estimate": task.estimate,
        "every": written(task.every),
        "items": [item._asdict() for item in task.checklist],
        "blocked": {"by": [each.number for each in task.waits_for], "reason": task.blocked_reason}
        if task.is_blocked
        else None,
        "assignees": [user.handle for user in task.people],
        "labels": [label.name for label in task.marks],
        "created_at": task.created_at.isoformat(),
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
        "archived_at": task.archived_at.isoformat() if task.archived_at else None,
        "deleted_at": task.deleted_at.isoformat() if task.deleted_at else None,
        "url": task.get_absolute_url(),
    }
