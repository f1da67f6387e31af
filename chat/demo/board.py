"""The board that a crowd fills: its columns, its labels, and where in a column the next card goes."""

from datetime import datetime, timedelta

from fractional_indexing import generate_key_between

from accounts.models import User
from tasks.labels import labels_named
from tasks.models import Column, Task
from workspace.models import Project

KINDS = (Column.Kind.BACKLOG, Column.Kind.NEXT, Column.Kind.BACKLOG, Column.Kind.NEXT, Column.Kind.NEXT)
LABELS = ("design", "content", "code", "ops", "legal")
ESTIMATES = ("", "", "1pt", "3pt", "90min")
PRIORITIES = (0, 0, 0, 1, 0, 2, 3, 0)
DUE_WITHIN = 160  # days


class Board:
    """The columns of a project by their kinds, and the first and last positions in them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.columns = {column.kind: column for column in project.columns.all()}
        self.labels = labels_named(project, LABELS)
        self._last: dict[str, str] = {}
        self._top: str | None = None

    @property
    def done(self) -> Column:
        """The column of what is finished."""
        return self.columns[Column.Kind.DONE]

    def task(self, title: str, number: int, at: datetime, author: User, *, is_due: bool) -> Task:
        """A task that is not stored yet, at the foot of one of the columns."""
        kind = KINDS[number % len(KINDS)]
        position = self._last[kind] = str(generate_key_between(self._last.get(kind), None))
        return Task(
            project=self.project,
            number=number,
            title=title,
            column=self.columns[kind],
            position=position,
            priority=PRIORITIES[number % len(PRIORITIES)],
            estimate=ESTIMATES[number % len(ESTIMATES)],
            due_on=at.date() + timedelta(days=number % DUE_WITHIN) if is_due else None,
            created_by=author,
            created_at=at,
        )

    def top(self) -> str:
        """The position of the next task that is finished: before all others."""
        self._top = generate_key_between(None, self._top)
        return str(self._top)
