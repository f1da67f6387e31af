"""All that can happen to a task. Each action checks the member's ability, looks again under the lock, changes, records.

An action that finds nothing to change records nothing. Every `task.…` event holds `was` and `now` of the fields that it
changed (see `tasks.state`).
"""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from tasks import ranks
from tasks.creating import create_task as create_task  # noqa: PLC0414 - it is one of them
from tasks.labels import labels_named
from tasks.models import Column, Task
from tasks.repeating import change_place
from tasks.state import value_of
from tasks.steps import (
    Due,
    change,
    checked_description,
    checked_title,
    end_for,
    first_column,
    into,
    look_again,
)
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.repeats import written
from workspace.sentences import Sentence


def complete_task(member: Membership, task: Task) -> Task:
    """Finish the task: to the top of the first done column."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        if not task.is_done:
            column = first_column(member, Column.Kind.DONE)
            fields = into(record, task, column)
            change_place(record, member, task, "task.completed", fields, in_chat=True)
    return task


def reopen_task(member: Membership, task: Task) -> Task:
    """Take a finished task back to the first column of what comes next."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        if task.is_done:
            column = first_column(member, Column.Kind.NEXT)
            change(record, task, "task.reopened", in_chat=True, **into(record, task, column))
    return task


def start_task(member: Membership, task: Task) -> Task:
    """Take the task and move it to the first doing column."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        values: dict[str, Any] = {"assignees": sorted({*value_of(task, "assignees"), member.user_id})}
        if task.column.kind != Column.Kind.DOING:
            values |= into(record, task, first_column(member, Column.Kind.DOING))
        change(record, task, "task.started", **values)
    return task


def assign_task(member: Membership, task: Task, users: Iterable[User]) -> Task:
    """Add people to the task."""
    require(member, "edit_tasks")
    users = list(users)
    with changes(member) as record:
        task = look_again(record, task)
        assignees = sorted({*value_of(task, "assignees"), *(user.pk for user in users)})
        names = ", ".join(user.name for user in users)
        change(record, task, "task.assigned", note=f"to {names}", assignees=assignees)
    return task


def unassign_task(member: Membership, task: Task, users: Iterable[User] | None = None) -> Task:
    """Take people, or everybody, off the task."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        gone = set(value_of(task, "assignees")) if users is None else {user.pk for user in users}
        change(record, task, "task.unassigned", assignees=sorted({*value_of(task, "assignees")} - gone))
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
        task = look_again(record, task)
        if column.project_id != member.project_id:
            raise Refused("unknown_column", Sentence("There is no such column in this project."))
        if column.pk == task.column_id and not (before or after or at):
            return task
        place = ranks.place(column, but=task, before=before, after=after, at=at or end_for(column))
        note = f"{task.column} → {column}" if column.pk != task.column_id else f"within {column}"
        fields = into(record, task, column, place)
        change_place(record, member, task, "task.moved", fields, note=note)
    return task


def set_due(member: Membership, task: Task, due: Due | None) -> Task:
    """Set the day, or the moment, that the task is due; None clears it."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        on = due.on.isoformat() if due else None
        at = due.at.isoformat() if due and due.at else None
        kind = "task.scheduled" if due else "task.unscheduled"
        note = f"for {due.on:%a} {due.on.day} {due.on:%b}" if due else ""
        change(record, task, kind, note=note, due_on=on, due_at=at)
    return task


def rename_task(member: Membership, task: Task, title: str) -> Task:
    """Give the task another title. Raises `Refused` for one that is empty or too long."""
    require(member, "edit_tasks")
    title = checked_title(title)
    with changes(member) as record:
        task = look_again(record, task)
        change(record, task, "task.renamed", note=f"to “{title}”", title=title)
    return task


def edit_task(member: Membership, task: Task, **fields: Any) -> Task:
    """Set any of description, priority, estimate, every, labels (names) and assignees (users)."""
    require(member, "edit_tasks")
    if "description" in fields:
        fields["description"] = checked_description(fields["description"])
    with changes(member) as record:
        task = look_again(record, task)
        if "labels" in fields:
            fields["labels"] = sorted(label.pk for label in labels_named(record.project, fields["labels"]))
        if "assignees" in fields:
            fields["assignees"] = sorted(user.pk for user in fields["assignees"])
        if fields.get("every") == written(task.every):
            del fields["every"]  # what the rule remembers is not to be seen, and stays
        change(record, task, "task.edited", **fields)
    return task


def archive_task(member: Membership, task: Task) -> Task:
    """Take the task off the board. Its page, its history and its number stay."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        if task.archived_at is None:
            change(record, task, "task.archived", in_chat=True, archived_at=record.at.isoformat())
    return task
