"""Readings of the log: what a task was, how to take a change back, the board as a fold."""

from collections.abc import Iterable
from datetime import timedelta

from tasks import ranks
from tasks.models import Task
from tasks.state import LATER, LOADED, State, is_stored, state_of, write
from workspace.changes import Recorder, changes
from workspace.errors import Refused
from workspace.models import Event, Membership, Project
from workspace.permissions import require

UNDO_WITHIN = timedelta(hours=1)
LOOK_BACK = 500  # events of one person; more than anybody does in an hour by hand


def undo(member: Membership) -> list[Task]:
    """Take back the member's last change here, with all that the same say changed, and give the tasks concerned.

    Raises `Refused`: `nothing_to_undo`, or `conflict` when somebody else has changed the same fields since.
    """
    require(member, "edit_tasks")
    with changes(member) as record:
        taken_back = _last_change(record)
        if not taken_back:
            raise Refused("nothing_to_undo", "You have changed nothing here in the last hour.")
        tasks: dict[int | None, Task] = {task.pk: task for task in _tasks(record.project, taken_back)}
        for pk in dict.fromkeys(
            event.subject_id for event in taken_back
        ):  # what came last may stand in another's place
            task = tasks[pk]
            _take_back(record, task, [event for event in taken_back if event.subject_id == task.pk])
    return list(tasks.values())


def fold(events: Iterable[Event]) -> dict[int, State]:
    """The state of each task after `events`, by its id. They come in order, from the first of the project."""
    states: dict[int, State] = {}
    for event in events:
        if event.noun == "task" and event.subject_id is not None:
            states.setdefault(event.subject_id, dict(LATER)).update(event.details["now"])
    return states


def differences(project: Project) -> list[str]:
    """Where the task rows differ from the fold of the log: one sentence each, none when all is well."""
    folded = fold(project.events.order_by("seq").iterator(chunk_size=2000))
    found = []
    for task in Task.everything.filter(project=project).prefetch_related(*LOADED).order_by("number"):
        kept = state_of(task) | {"number": task.number}
        logged = folded.pop(task.pk, {})
        found += [
            f"{project.key}-{task.number} {field}: the row has {kept.get(field)!r}, the log says {logged.get(field)!r}."
            for field in kept | logged
            if kept.get(field) != logged.get(field)
        ]
    return found + [f"The log has task {state.get('number')}, which has no row." for state in folded.values()]


def _last_change(record: Recorder) -> list[Event]:
    """The events of the last change of this person that has not been taken back, newest first."""
    mine = Event.objects.filter(project=record.project, actor=record.member.user, kind__startswith="task.")
    stored = mine.filter(at__gte=record.at - UNDO_WITHIN).order_by("-seq")[:LOOK_BACK]
    unstored = [
        event for event in reversed(record.events) if event.noun == "task"
    ]  # of the lines above this one
    recent = [*unstored, *stored]
    undone = {seq for event in recent for seq in event.details.get("undoes", ())}
    standing = [event for event in recent if event.kind != "task.undone" and event.seq not in undone]
    return [event for event in standing if _belong_together(event, standing[0])]


def _belong_together(event: Event, last: Event) -> bool:
    """Whether the same say caused both, or one follows from the other."""
    if event.cause and event.cause == last.cause:
        return True
    return event is last or event.seq == last.details.get("follows")


def _tasks(project: Project, events: list[Event]) -> list[Task]:
    rows = Task.everything.filter(project=project).select_related("column").prefetch_related(*LOADED)
    return list(rows.filter(pk__in={event.subject_id for event in events}).order_by("number"))


def _take_back(record: Recorder, task: Task, events: list[Event]) -> None:
    """Undo `events`, newest first, of one task."""
    state = before = state_of(task)
    for event in events:
        for field, value in event.details["now"].items():
            if is_stored(field) and state.get(field) != value:
                raise Refused("conflict", _who_changed(task, event, field))
        is_new = event.kind == "task.created"
        state = state | ({"archived_at": record.at.isoformat()} if is_new else event.details["was"])
    state["position"] = ranks.free(state, but=task)
    now = {field: value for field, value in state.items() if value != before.get(field)}
    was = {field: before.get(field) for field in now}
    write(task, now)
    undoes = [event.seq for event in events]
    record("task.undone", task, was=was, now=now, undoes=undoes, note=f"to before it was {_verbs(events)}")


def _who_changed(task: Task, event: Event, field: str) -> str:
    later = Event.objects.filter(project_id=event.project_id, kind__startswith="task.", subject_id=task.pk)
    since = later.filter(seq__gt=event.seq).select_related("actor").order_by("-seq")
    last = next((each for each in since if field in each.details["now"]), None)
    who, what = (last.actor.name, f" ({last.verb})") if last else ("Somebody", "")
    return f"{who} has changed {task.ref} since{what}. Undo would take that back too, so nothing was undone."


def _verbs(events: list[Event]) -> str:
    return " and ".join(event.verb for event in reversed(events))
