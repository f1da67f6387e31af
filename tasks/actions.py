"""All that can happen to a task. Each action checks the member's ability, looks again under the lock, changes, records.

An action that finds nothing to change records nothing. Every `task.…` event holds `was` and `now` of the fields that it
changed (see `tasks.state`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from tasks import ranks
from tasks.labels import labels_named
from tasks.models import Column, Task
from tasks.state import state_of, value_of, write
from workspace.changes import Recorder, changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.text import clean_line, clean_text

TITLE = 200  # characters
DESCRIPTION = 20_000  # characters


@dataclass(frozen=True)
class Due:
    """When a task is due: on a day, and perhaps at a moment (aware) of that day."""

    on: date
    at: datetime | None = None


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
) -> Task:
    """A new task at the foot of `column`, or of the first column of what comes next. Raises `Refused`, `Denied`."""
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
            position=ranks.place(column, at=_end_for(column)),
            priority=priority,
            due_on=due.on if due else None,
            due_at=due.at if due else None,
            estimate=estimate,
            created_by=member.user,
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


def complete_task(member: Membership, task: Task) -> Task:
    """Finish the task: to the top of the first done column."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        if not task.is_done:
            column = first_column(member, Column.Kind.DONE)
            _change(record, task, "task.completed", in_chat=True, **_into(record, task, column))
    return task


def reopen_task(member: Membership, task: Task) -> Task:
    """Take a finished task back to the first column of what comes next."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        if task.is_done:
            column = first_column(member, Column.Kind.NEXT)
            _change(record, task, "task.reopened", in_chat=True, **_into(record, task, column))
    return task


def start_task(member: Membership, task: Task) -> Task:
    """Take the task and move it to the first doing column."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        values: dict[str, Any] = {"assignees": sorted({*value_of(task, "assignees"), member.user_id})}
        if task.column.kind != Column.Kind.DOING:
            values |= _into(record, task, first_column(member, Column.Kind.DOING))
        _change(record, task, "task.started", **values)
    return task


def assign_task(member: Membership, task: Task, users: Iterable[User]) -> Task:
    """Add people to the task."""
    require(member, "edit_tasks")
    users = list(users)
    with changes(member) as record:
        task = _look_again(record, task)
        assignees = sorted({*value_of(task, "assignees"), *(user.pk for user in users)})
        _change(record, task, "task.assigned", note=f"to {_names(users)}", assignees=assignees)
    return task


def unassign_task(member: Membership, task: Task, users: Iterable[User] | None = None) -> Task:
    """Take people, or everybody, off the task."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        gone = set(value_of(task, "assignees")) if users is None else {user.pk for user in users}
        _change(record, task, "task.unassigned", assignees=sorted({*value_of(task, "assignees")} - gone))
    return task


def move_task(
    member: Membership,
    task: Task,
    column: Column,
    *,
    before: Task | None = None,
    after: Task | None = None,
    at: str = "",
) -> Task:
    """Move the task to `column`: beside another task, to its `top` or `bottom`, or simply there.

    A neighbour that is no longer in the column counts as none. Raises `Refused` for a column of another project.
    """
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        if column.project_id != member.project_id:
            raise Refused("unknown_column", "There is no such column in this project.")
        if column.pk == task.column_id and not (before or after or at):
            return task
        place = ranks.place(column, but=task, before=before, after=after, at=at or _end_for(column))
        note = f"{task.column} → {column}" if column.pk != task.column_id else f"within {column}"
        _change(record, task, "task.moved", note=note, **_into(record, task, column, place))
    return task


def set_due(member: Membership, task: Task, due: Due | None) -> Task:
    """Set the day, or the moment, that the task is due; None clears it."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        on = due.on.isoformat() if due else None
        at = due.at.isoformat() if due and due.at else None
        kind = "task.scheduled" if due else "task.unscheduled"
        note = f"for {due.on:%a} {due.on.day} {due.on:%b}" if due else ""
        _change(record, task, kind, note=note, due_on=on, due_at=at)
    return task


def rename_task(member: Membership, task: Task, title: str) -> Task:
    """Give the task another title. Raises `Refused` for one that is empty or too long."""
    require(member, "edit_tasks")
    title = checked_title(title)
    with changes(member) as record:
        task = _look_again(record, task)
        _change(record, task, "task.renamed", note=f"to “{title}”", title=title)
    return task


def edit_task(member: Membership, task: Task, **fields: Any) -> Task:
    """Set any of description, priority, estimate, labels (names) and assignees (users)."""
    require(member, "edit_tasks")
    if "description" in fields:
        fields["description"] = checked_description(fields["description"])
    with changes(member) as record:
        task = _look_again(record, task)
        if "labels" in fields:
            fields["labels"] = sorted(label.pk for label in labels_named(record.project, fields["labels"]))
        if "assignees" in fields:
            fields["assignees"] = sorted(user.pk for user in fields["assignees"])
        _change(record, task, "task.edited", **fields)
    return task


def archive_task(member: Membership, task: Task) -> Task:
    """Take the task off the board. Its page, its history and its number stay."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = _look_again(record, task)
        if task.archived_at is None:
            _change(record, task, "task.archived", in_chat=True, archived_at=record.at.isoformat())
    return task


def checked_title(title: str) -> str:
    """The title as it is stored. Raises `Refused`."""
    title = clean_line(title)
    if not title:
        raise Refused("title_empty", "A task needs a title.")
    if len(title) > TITLE:
        message = (
            f"The title is {len(title)} characters; the limit is {TITLE}. Put the details on the next line."
        )
        raise Refused("title_too_long", message)
    return title


def checked_description(text: str) -> str:
    """The description as it is stored. Raises `Refused`."""
    text = clean_text(text)
    if len(text) > DESCRIPTION:
        raise Refused("too_long", f"The notes are too long by {len(text) - DESCRIPTION} characters.")
    return text


def first_column(member: Membership, kind: str) -> Column:
    """The first column of a kind. Raises `Refused` where the project has none."""
    column = Column.objects.filter(project_id=member.project_id, kind=kind).first()
    if column is None:
        raise Refused("unknown_column", f"This board has no column for what is {kind}.")
    return column


def _look_again(record: Recorder, task: Task) -> Task:
    """The task as it is now that the lock is held: what is read is what is changed."""
    rows = Task.objects.select_related("column").filter(project=record.project)
    fresh = rows.prefetch_related("assignees", "labels").filter(pk=task.pk).first()
    if fresh is None:
        raise Refused("unknown_task", f"There is no task #{task.number} in this project.")
    fresh.project = record.project
    return fresh


def _change(
    record: Recorder, task: Task, kind: str, *, note: str = "", in_chat: bool = False, **now: Any
) -> None:
    was = {field: value_of(task, field) for field in now}
    changed = [field for field in now if now[field] != was[field]]
    if not changed:
        return
    was, now = ({field: side[field] for field in changed} for side in (was, now))
    write(task, now)
    record(kind, task, in_chat=in_chat, was=was, now=now, note=note)


def _into(record: Recorder, task: Task, column: Column, position: str = "") -> dict[str, Any]:
    """The fields that change when the task goes to `column`: a done column finishes it, any other one reopens it."""
    done_at = None
    if column.kind == Column.Kind.DONE:
        done_at = (task.completed_at or record.at).isoformat()
    place = position or ranks.place(column, but=task, at=_end_for(column))
    return {"column": column.pk, "position": place, "completed_at": done_at}


def _end_for(column: Column) -> str:
    return "top" if column.kind == Column.Kind.DONE else "bottom"


def _names(users: Iterable[User]) -> str:
    return ", ".join(user.name for user in users)
