"""What the board shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import Count
from django.utils import timezone

from tasks.models import Column, Label, Task
from workspace.models import Event, Project
from workspace.people import users_by_id
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
_OPEN = Task.objects.filter(archived_at=None, completed_at=None)
_DONE = Task.objects.filter(archived_at=None)
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


def fill(tasks: Sequence[Task]) -> None:
    """Load what a card shows of people and labels, for all tasks at once."""
    # `prefetch_related` makes a manager for each task, and a join an instance for each pair: together half of a page.
    ids = list({task.pk for task in tasks})
    people = _paired(ids, _assigned, users_by_id, by="name")
    marks = _paired(
        ids, _marked, lambda labels: {label.pk: label for label in _labels.rows(list(labels))}, by="pk"
    )
    for task in tasks:
        task.people, task.marks = people[task.pk], marks[task.pk]


def _paired(
    ids: list[int], pairs: Prepared[Any], by_id: Callable[[set[int]], Mapping[int, Any]], *, by: str
) -> dict[int, list[Any]]:
    """For each task its rows of the other side of `pairs`, in order."""
    found = list(pairs.tuples(ids))
    rows = by_id({other for _, other in found})
    grouped: dict[int, list[Any]] = {pk: [] for pk in ids}
    for task, other in found:
        grouped[task].append(rows[other])
    for group in grouped.values():
        group.sort(key=attrgetter(by))
    return grouped


_assigned: Prepared[Any] = Prepared(
    Task.assignees.through.objects.values_list("task_id", "user_id"), "task__in"
)
_marked: Prepared[Any] = Prepared(Task.labels.through.objects.values_list("task_id", "label_id"), "task__in")
_labels: Prepared[Label] = Prepared(Label.objects.order_by(), "pk__in")


def tasks_by_id(project: Project, ids: Iterable[int | None]) -> dict[int, Task]:
    """The project's tasks with these ids, with all that a card shows."""
    tasks = {task.pk: task for task in _tasks.rows(project.pk, list({pk for pk in ids if pk}))}
    for task in tasks.values():
        task.project = project
    fill(list(tasks.values()))
    return tasks


_tasks: Prepared[Task] = Prepared(Task.objects.select_related("column"), "project", "pk__in")


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
        "assignees": [user.handle for user in task.people],
        "labels": [label.name for label in task.marks],
        "created_at": task.created_at.isoformat(),
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
        "archived_at": task.archived_at.isoformat() if task.archived_at else None,
        "url": task.get_absolute_url(),
    }
