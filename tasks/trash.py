"""The trash: a task in it is found nowhere, but its number is kept, and undo brings it back with all that it had."""

from tasks.models import Task
from tasks.steps import change, look_again
from workspace.changes import changes
from workspace.errors import Denied
from workspace.models import Membership
from workspace.permissions import may, require


def delete_task(member: Membership, task: Task) -> Task:
    """Put the task into the trash. Raises `Denied` unless the member added it, or owns the project."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        if task.created_by_id != member.user_id and not may(member, "manage_project"):
            who = f"its author ({task.created_by.name}) or an owner"
            refusal = Denied(f"You cannot delete #{task.number}: only {who} can.")
            refusal.suggestions = [f"/archive {task.number}"]
            raise refusal
        at = record.at.isoformat()
        archived = task.archived_at.isoformat() if task.archived_at else at
        change(record, task, "task.deleted", in_chat=True, archived_at=archived, deleted_at=at)
    return task
