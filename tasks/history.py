"""Readings of the log: what a task was, how to take a change back, the board as a fold."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tasks import ranks
from tasks.hindrances import check_no_circle
from tasks.models import Task
from tasks.state import LATER, LOADED, State, is_stored, state_of, value_of, write
from workspace.changes import Recorder, changes
from workspace.errors import Refused
from workspace.models import Event, Membership, Project
from workspace.permissions import require
from workspace.sentences import Sentence

UNDO_WITHIN = timedelta(hours=1)
UNDONE, REDONE = "task.undone", "task.redone"
LOOK_BACK = 500  # events of one person; more than anybody does in an hour by hand


def undo(member: Membership, seq: int | None = None) -> list[Task]:
    """Take back the member's last change here, or the one with event `seq`, with all that happened together with it.

    Gives the tasks concerned. Each has an event of its own, as everything that happens to a task: the fold, its history and
    who talked of it are readings of the events about it. To undo an undo is to redo. Raises `Refused`: `nothing_to_undo`, or
    `conflict` when somebody else has changed the same fields since.
    """
    require(member, "edit_tasks")
    with changes(member) as record:
        recent = _recent(record)
        if seq is None:
            return _reverse(record, recent, [each for each in recent if each.kind != UNDONE])
        named = [each for each in recent if each.seq == seq]
        if not named:
            raise Refused("nothing_to_undo", Sentence("That was not yours, or it is more than an hour ago."))
        return _reverse(record, recent, named)


def redo(member: Membership) -> list[Task]:
    """Do again what the member took back last, and give the tasks concerned. Raises `Refused` as `undo` does."""
    require(member, "edit_tasks")
    with changes(member) as record:
        recent = _recent(record)
        return _reverse(record, recent, [each for each in recent if each.kind == UNDONE])


def last_change(record: Recorder, *, is_undo: bool = False) -> Event | None:
    """What `undo` would begin with, or (`is_undo`) `redo`; None where there is nothing."""
    recent = _recent(record)
    gone = _gone(recent)
    return next((each for each in recent if (each.kind == UNDONE) == is_undo and each.seq not in gone), None)


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


def _recent(record: Recorder) -> list[Event]:
    """What this person did to tasks within the last hour, the lines above this one among it, newest first."""
    mine = Event.objects.filter(project=record.project, actor=record.member.user, kind__startswith="task.")
    mine = mine.exclude(kind="task.purged")  # which nobody did, and nothing takes back
    stored = mine.filter(at__gte=record.at - UNDO_WITHIN).order_by("-seq")[:LOOK_BACK]
    return [*(event for event in reversed(record.events) if event.noun == "task"), *stored]


def _reverse(record: Recorder, recent: list[Event], candidates: list[Event]) -> list[Task]:
    """Take back the first candidate that stands, with all that the same say, or the same press of a button, did."""
    gone = _gone(recent)
    last = next((event for event in candidates if event.seq not in gone), None)
    if last is None:
        taken = len(candidates) == 1
        nothing = "You have changed nothing here in the last hour."
        raise Refused("nothing_to_undo", Sentence("That was taken back already." if taken else nothing))
    is_redo = last.kind == UNDONE
    standing = [event for event in recent if event.seq not in gone and (event.kind == UNDONE) == is_redo]
    together = [event for event in standing if act_of(event) == act_of(last)]
    tasks = _tasks(record.project, together)
    for place, task in enumerate(tasks):
        own = [event for event in together if event.subject_id == task.pk]
        _take_back(record, task, own, leaving=tasks[place:])
    for task in tasks:
        _check_no_circle(task, together)
    return tasks


def _gone(recent: list[Event]) -> set[int]:
    """The events that were taken back."""
    return {seq for event in recent for seq in event.details.get("undoes", ())}


def act_of(event: Event) -> Any:
    """What an event happened together with: all that one say caused, or that one transaction did."""
    return event.cause or event.at


def _tasks(project: Project, events: list[Event]) -> list[Task]:
    rows = Task.everything.filter(project=project).select_related("column").prefetch_related(*LOADED)
    return list(rows.filter(pk__in={event.subject_id for event in events}).order_by("number"))


def _take_back(record: Recorder, task: Task, events: list[Event], leaving: list[Task]) -> None:
    """Undo `events`, newest first, of one task, which is one of those that are `leaving` where they are."""
    if task.purged_at:
        raise Refused("conflict", Sentence("{ref} is gone for good.", ref=task.ref))
    state = before = state_of(task)
    for event in events:
        for field, value in event.details["now"].items():
            if is_stored(field) and state.get(field) != value:
                raise Refused("conflict", _who_changed(task, event, field))
        is_new = event.kind == "task.created"
        state = state | ({"archived_at": record.at.isoformat()} if is_new else event.details["was"])
    thrown = state["deleted_at"]
    if thrown and not before["deleted_at"] and datetime.fromisoformat(thrown) < record.at - UNDO_WITHIN:
        state["deleted_at"] = (
            record.at.isoformat()
        )  # its days in the trash begin anew: the old ones may be over
    state["position"] = ranks.free(state, but=leaving)
    now = {field: value for field, value in state.items() if value != before.get(field)}
    was = {field: before.get(field) for field in now}
    write(task, now)
    undoes, what = [event.seq for event in events], _verbs(events)
    kind, note = (UNDONE, "to before") if events[0].kind != UNDONE else (REDONE, "to after")
    note = f"{note} it was {what}"
    record(kind, task, in_chat=True, was=was, now=now, undoes=undoes, what=what, note=note)


def _check_no_circle(task: Task, events: list[Event]) -> None:
    """Somebody may have made a task of those that it waits for again wait for this one. Raises `Refused`."""
    if any(event.subject_id == task.pk and "blockers" in event.details["now"] for event in events):
        for blocker in Task.everything.filter(pk__in=value_of(task, "blockers")).order_by("number"):
            check_no_circle(task, blocker)


def _who_changed(task: Task, event: Event, field: str) -> str:
    later = Event.objects.filter(project_id=event.project_id, kind__startswith="task.", subject_id=task.pk)
    since = later.filter(seq__gt=event.seq).select_related("actor").order_by("-seq")
    last = next((each for each in since if field in each.details["now"]), None)
    if last is None:
        nobody = "Somebody has changed {ref} since. Undo would take that back too, so nothing was undone."
        return Sentence(nobody, ref=task.ref)
    known = "{name} has changed {ref} since ({verb}). Undo would take that back too, so nothing was undone."
    return Sentence(known, name=last.actor.name, ref=task.ref, verb=Sentence(last.verb))


def _verbs(events: list[Event]) -> str:
    return " and ".join(event.details.get("what") or event.verb for event in reversed(events))
