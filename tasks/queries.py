"""What the board shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tasks.models import Column, Task
from workspace.models import Event, Project

CARDS = 50  # cards of a column on the page at first
DONE_FOR = timedelta(days=14)  # how long a finished task stays on the board


@dataclass
class BoardColumn:
    """A column with the number of its tasks and the first of their cards."""

    pk: int
    name: str
    kind: str
    limit: int | None
    count: int = 0
    cards: list[Task] = field(default_factory=list)

    @property
    def over_limit(self) -> bool:
        return self.limit is not None and self.count > self.limit

    @property
    def more(self) -> int:
        """How many tasks have no card on the page."""
        return self.count - len(self.cards)


def board(project: Project, *, cards: int = CARDS, whole: int | None = None) -> list[BoardColumn]:
    """The project's columns with their first cards, in order; all cards of the column with the id `whole`.

    The number of queries grows with the columns alone.
    """
    columns = heads(project)
    for column in columns:
        shown = on_board(project).filter(column=column.pk).select_related("column").order_by("position")
        column.cards = list(shown if column.pk == whole else shown[:cards]) if column.count else []
        for task in column.cards:
            task.project = project
    fill([task for column in columns for task in column.cards])
    return columns


def heads(project: Project) -> list[BoardColumn]:
    """The project's columns with the numbers of their tasks, without cards."""
    counts = dict(on_board(project).order_by().values_list("column").annotate(Count("pk")))
    return [
        BoardColumn(column.pk, column.name, column.kind, column.limit, counts.get(column.pk, 0))
        for column in project.columns.all()
    ]


def on_board(project: Project) -> QuerySet[Task]:
    """The tasks that have a card: those that are open, and those that were finished lately."""
    lately = timezone.now() - DONE_FOR
    return Task.objects.filter(
        Q(completed_at=None) | Q(completed_at__gte=lately), project=project, archived_at=None
    )


def fill(tasks: Sequence[Task]) -> None:
    """Load what a card shows of people and labels, for all tasks at once."""
    _load(tasks, "people", Task.assignees.through, "user")
    _load(tasks, "marks", Task.labels.through, "label")


def _load(tasks: Sequence[Task], name: str, through: Any, other: str) -> None:
    # `prefetch_related` makes a manager for each task, which takes longer than all the rest.
    found: dict[int, list[Any]] = {task.pk: [] for task in tasks}
    for pair in through.objects.filter(task__in=found).select_related(other).order_by(f"{other}__name"):
        found[pair.task_id].append(getattr(pair, other))
    for task in tasks:
        setattr(task, name, found[task.pk])


def tasks_by_id(ids: Iterable[int | None]) -> dict[int, Task]:
    """The tasks with these ids, with all that a card shows."""
    rows = Task.objects.filter(pk__in={pk for pk in ids if pk}).select_related("column", "project")
    tasks = list(rows)
    fill(tasks)
    return {task.pk: task for task in tasks}


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
    return project.tasks.filter(completed_at=None, archived_at=None, due_on__lte=limit).count()


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
        "assignees": [user.handle for user in task.people],
        "labels": [label.name for label in task.marks],
        "created_at": task.created_at.isoformat(),
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
        "archived_at": task.archived_at.isoformat() if task.archived_at else None,
        "url": task.get_absolute_url(),
    }
