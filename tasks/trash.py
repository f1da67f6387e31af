"""The trash: a task in it is found nowhere else, but its number is kept, and it comes back with all that it had."""

from datetime import timedelta

from django.db.models import QuerySet

from tasks import ranks
from tasks.filling import fill
from tasks.models import Task
from tasks.state import LOADED, state_of
from tasks.steps import change, look_again
from workspace.changes import changes
from workspace.errors import Denied, Refused
from workspace.models import Membership, Project
from workspace.permissions import may, require
from workspace.sentences import Sentence

KEPT_FOR = timedelta(days=30)
SHOWN = 200  # tasks; older ones come into sight as these go


def delete_task(member: Membership, task: Task) -> Task:
    """Put the task into the trash. Raises `Denied` unless the member added it, or owns the project."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        if not is_own(member, task):
            delete = "You cannot delete #{number}: only its author ({name}) or an owner can."
            raise Denied(_only(task, delete), suggestions=[f"/archive {task.number}"])
        at = record.at.isoformat()
        archived = task.archived_at.isoformat() if task.archived_at else at
        change(record, task, "task.deleted", in_chat=True, archived_at=archived, deleted_at=at)
    return task


def restore_task(member: Membership, task: Task) -> Task:
    """Take the task out of the trash, to where it was. Raises `Denied` as `delete_task` does."""
    require(member, "edit_tasks")
    with changes(member) as record:
        rows = in_trash(record.project).select_related("column", "created_by").prefetch_related(*LOADED)
        fresh = rows.filter(pk=task.pk).first()
        if fresh is None:
            raise Refused("unknown_task", f"#{task.number} is not in the trash.")
        if not is_own(member, fresh):
            raise Denied(
                _only(fresh, "You cannot restore #{number}: only its author ({name}) or an owner can.")
            )
        was_archived = fresh.archived_at != fresh.deleted_at
        archived = fresh.archived_at.isoformat() if was_archived and fresh.archived_at else None
        place = ranks.free(state_of(fresh) | {"archived_at": archived}, but=[fresh])
        back = {"archived_at": archived, "deleted_at": None, "position": place}
        change(record, fresh, "task.restored", in_chat=True, note="from the trash", **back)
    return fresh


def trash(project: Project) -> list[Task]:
    """The project's tasks in the trash, the newest there first, with all that a row shows."""
    found = list(
        in_trash(project).select_related("column", "created_by").order_by("-deleted_at", "-pk")[:SHOWN]
    )
    for task in found:
        task.project = project
    fill(found)
    return found


def in_trash(project: Project) -> QuerySet[Task]:
    """The project's tasks that can be taken out of the trash."""
    return Task.everything.filter(project=project, deleted_at__isnull=False, purged_at=None)


def is_own(member: Membership, task: Task) -> bool:
    """Whether the member may throw the task away, and take it back."""
    return task.created_by_id == member.user_id or may(member, "manage_project")


def _only(task: Task, pattern: str) -> str:
    return Sentence(pattern, number=task.number, name=task.created_by.name)
