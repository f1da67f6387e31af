"""What is in the way of a task: other tasks, or a reason."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from tasks.models import LONGEST_REASON, Task
from tasks.state import value_of
from tasks.steps import change, look_again
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.sentences import Sentence
from workspace.text import clean_line

NO_REASON = "no reason given"


def is_blocked() -> Q:
    """The open tasks that have something in their way, as `Task.is_blocked` says it of one."""
    in_the_way = Task.blockers.through.objects.filter(
        from_task=OuterRef("pk"), to_task__completed_at=None, to_task__archived_at=None
    )
    return Q(completed_at=None) & (~Q(blocked_reason="") | Q(Exists(in_the_way)))


def block_task(member: Membership, task: Task, by: Sequence[Task] = (), reason: str = "") -> Task:
    """Say what is in the task's way: other tasks, or else a reason. Raises `Refused` where tasks would wait in a circle."""
    require(member, "edit_tasks")
    reason = clean_line(reason)
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "too_long",
            Sentence(
                "The reason is {length} characters; the limit is {limit}.",
                length=len(reason),
                limit=LONGEST_REASON,
            ),
        )
    with changes(member) as record:
        task = look_again(record, task)
        if not by:
            change(
                record,
                task,
                "task.blocked",
                note=f"({reason or NO_REASON})",
                blocked_reason=reason or NO_REASON,
            )
            return task
        for blocker in by:
            check_no_circle(task, blocker)
        had = value_of(task, "blockers")
        note = f"by {_refs(blocker for blocker in by if blocker.pk not in had)}"
        change(record, task, "task.blocked", note=note, blockers=sorted({*had, *(each.pk for each in by)}))
    return task


def unblock_task(member: Membership, task: Task, by: Sequence[Task] = ()) -> Task:
    """Take these tasks, or all that is in its way, out of the task's way."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        had = value_of(task, "blockers")
        gone = {each.pk for each in by} or set(had)
        note = f"from {_refs(each for each in by if each.pk in had)}" if by else ""
        reason = task.blocked_reason if by else ""
        blockers = [pk for pk in had if pk not in gone]
        change(record, task, "task.unblocked", note=note, blockers=blockers, blocked_reason=reason)
    return task


def _refs(tasks: Iterable[Task]) -> str:
    return ", ".join(f"#{task.number}" for task in tasks)


def check_no_circle(task: Task, blocker: Task) -> None:
    """Raises `Refused` with the chain where the task, waiting for the blocker, waits or would wait for itself."""
    if task.pk == blocker.pk:
        raise Refused("cycle", Sentence("#{number} cannot block itself.", number=task.number))
    path = _path(blocker.pk, task.pk)
    if path:
        found = dict(Task.everything.filter(pk__in=path).values_list("pk", "number"))
        chain = " → ".join(f"#{found[pk]}" for pk in [task.pk, *path])
        raise Refused("cycle", Sentence("That would make {chain}.", chain=chain))


def _path(start: int, end: int) -> list[int]:
    """From `start` over what it waits for to `end`; nothing where it does not lead there."""
    came_from: dict[int, int] = {start: 0}
    edge = [start]
    while edge and end not in came_from:
        rows = Task.blockers.through.objects.filter(from_task__in=edge).order_by("pk")
        steps = [step for step in rows.values_list("from_task_id", "to_task_id") if step[1] not in came_from]
        came_from |= {to: origin for origin, to in steps}
        edge = list({to for _, to in steps})
    path = [end] if end in came_from else []
    while path and path[0] != start:
        path.insert(0, came_from[path[0]])
    return path
