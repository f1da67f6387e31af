"""How task events are shown live: the line or the effect in the chat, the card on the board, every copy in the chat."""

from collections.abc import Sequence
from typing import Any

from tasks.filling import waiting_for
from tasks.models import Label, Task
from tasks.queries import as_dict, due_soon, heads, open_count, tasks_by_id
from workspace.lines import Line
from workspace.models import Event

FREES = {"title", "completed_at", "archived_at", "deleted_at"}  # what those who wait for a task show of it


def contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/task.html` needs for each event, by seq. The task is shown as it is now, whenever the event was."""
    project = events[0].project
    waiting = _waiting(events)
    tasks = tasks_by_id(project, {*(event.subject_id for event in events), *waiting})
    also: dict[int, list[Task]] = {}
    for pk, seq in waiting.items():
        also.setdefault(seq, []).extend(filter(None, [tasks.get(pk)]))
    columns = heads(project)
    board = {
        "project": project,
        "columns": columns,
        "open_count": open_count(columns),
        "due_count": due_soon(project),
    }
    return {
        event.seq: board | _own(event, tasks.get(event.subject_id or 0)) | {"also": also.get(event.seq, [])}
        for event in events
    }


def _waiting(events: Sequence[Event]) -> dict[int, int]:
    """The tasks that may show something else of what they wait for, each with the last event that changed it."""
    changed = {event.subject_id: event.seq for event in events if FREES & event.details.get("now", {}).keys()}
    pairs = sorted(waiting_for(changed), key=lambda pair: changed[pair[1]])
    return {pk: changed[blocker] for pk, blocker in pairs}


def _own(event: Event, task: Task | None) -> dict[str, Any]:
    return {"line": Line(event, task=task), "task": task}


def data(context: dict[str, Any]) -> dict[str, Any]:
    """What a program gets beside the event's details."""
    task = context["task"]
    return {"task": as_dict(task)} if task else {}


def board_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/column.html` needs for each event, by seq: the columns as they are now."""
    columns = heads(events[0].project)
    return {event.seq: {"line": Line(event), "columns": columns} for event in events}


def label_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/label.html` needs for each event, by seq: the label as it is now."""
    labels = Label.objects.in_bulk([event.subject_id for event in events])
    return {event.seq: {"line": Line(event), "label": labels.get(event.subject_id)} for event in events}


def no_data(_: dict[str, Any]) -> dict[str, Any]:
    """A program gets the event's details alone."""
    return {}
