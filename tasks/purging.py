"""The end of what is in the trash: after its time there a task keeps its number, so that what names it can be read."""

import logging
from datetime import datetime

from django.utils import timezone

from tasks.models import Task
from tasks.state import ITEM, LOADED, State, write
from tasks.trash import KEPT_FOR
from workspace.changes import Gone, Recorder, RoleChanged, changes
from workspace.errors import UNAVAILABLE
from workspace.models import Event, Membership

log = logging.getLogger(__name__)

AT_ONCE = 8  # in one go: those who talk meanwhile wait for it
LATER = (Gone, RoleChanged, *UNAVAILABLE)
NAME = "Deleted task"
EMPTY: State = {
    "title": NAME, "description": "", "priority": 0, "estimate": "", "every": "", "due_on": None, "due_at": None,
    "blocked_reason": "", "assignees": [], "labels": [], "blockers": [],
}  # fmt: skip


def purge_what_is_due() -> datetime | None:
    """Empty the tasks whose time in the trash is over, each once however many processes look, and give the next moment."""
    active = Membership.objects.filter(user__is_active=True).values("project")
    waiting = Task.everything.filter(deleted_at__isnull=False, purged_at=None, project__in=active)
    waiting = waiting.order_by("deleted_at", "pk")
    for _ in range(AT_ONCE):
        task = waiting.filter(deleted_at__lte=timezone.now() - KEPT_FOR).first()
        if task is None:
            break
        try:
            _purge(_who_purges(task), task)
        except LATER as error:  # those of other projects need not wait for it
            log.warning("The trash of project %s waits: %s", task.project_id, error)
            waiting = waiting.exclude(project=task.project_id)
    begun = waiting.values_list("deleted_at", flat=True).first()
    return begun + KEPT_FOR if begun else None


def _who_purges(task: Task) -> Membership:
    """In whose name it is done: whoever threw the task away, or else an owner, or else anybody who is left."""
    deleted = Event.objects.filter(project=task.project_id, kind="task.deleted", subject_id=task.pk)
    by = deleted.order_by("-seq").values_list("actor", flat=True).first()
    rows = Membership.objects.select_related("project", "user").filter(
        project=task.project_id, user__is_active=True
    )
    return min(rows, key=lambda row: (row.user_id != by, row.role != Membership.Role.OWNER, row.pk))


def _purge(member: Membership, task: Task) -> None:
    with changes(member) as record:
        # The project's lock puts the processes in order, and those who take the task out of the trash before them.
        rows = Task.everything.filter(pk=task.pk, purged_at=None, deleted_at__lte=record.at - KEPT_FOR)
        fresh = rows.prefetch_related(*LOADED).first()
        if fresh is not None:
            _empty(record, fresh)


def _empty(record: Recorder, task: Task) -> None:
    now = EMPTY | {ITEM + number: None for number in task.items} | {"purged_at": record.at.isoformat()}
    write(task, now)
    # The event does not say what the fields were: it would keep what is to go, and there is no way back.
    record("task.purged", task, was={}, now=now, note=f"after {KEPT_FOR.days} days in the trash")
