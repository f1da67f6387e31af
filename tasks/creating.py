"""How a task comes to be."""

from collections.abc import Iterable

from accounts.models import User
from tasks import ranks
from tasks.labels import labels_named
from tasks.models import Column, Task
from tasks.state import state_of
from tasks.steps import Due, checked_description, checked_title, end_for, first_column
from workspace.changes import changes
from workspace.models import Membership
from workspace.permissions import require


def create_task(
    member: Membership,
    title: str,
    *,
    description: str = "",
    assignees: Iterable[User] = (),
    labels: Iterable[str] = (),
    priority: int = 0,
    column: Column | None = None,
    due: Due | None = None,
    estimate: str = "",
    every: str = "",
    items: Iterable[str] = (),
    author: User | None = None,
) -> Task:
    """A new task at the foot of `column`, or of the first column of what comes next. Raises `Refused`, `Denied`.

    `author` is whose task it is, where that is not the member. `items` have been looked at before.
    """
    require(member, "edit_tasks")
    title, description = checked_title(title), checked_description(description)
    with changes(member) as record:
        column = column or first_column(member, Column.Kind.NEXT)
        task = Task.objects.create(
            project=record.project,
            number=record.next_number(),
            title=title,
            description=description,
            column=column,
            position=ranks.place(column, at=end_for(column)),
            priority=priority,
            due_on=due.on if due else None,
            due_at=due.at if due else None,
            estimate=estimate,
            every=every,
            items={str(number): [text, False] for number, text in enumerate(items, 1)},
            created_by=author or member.user,
            created_at=record.at,
            completed_at=record.at if column.kind == Column.Kind.DONE else None,
        )
        if people := list(assignees):
            task.assignees.set(people)
        if rows := labels_named(record.project, labels):
            task.labels.set(rows)
        now = state_of(task) | {"number": task.number}
        record("task.created", task, in_chat=True, was={}, now=now, note=f"to {column.name}")
    return task
