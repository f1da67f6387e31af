"""How messages and polls are shown live."""

from collections.abc import Sequence
from typing import Any

from chat import polls
from chat.models import Message, Poll
from chat.queries import as_dict, subjects_of
from workspace.lines import Line
from workspace.models import Event


def contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/message.html` needs for each event, by seq."""
    fresh: dict[int, Message] = {}
    # What an edit left in memory does not have all that is shown, and what was said before it has other words.
    changed = {event.subject_id for event in events if event.kind != "message.posted"}
    for event in events:
        message = event.__dict__.get("subject")
        if message and message.pk not in changed:
            fresh[message.pk] = message
    stored = (
        subjects_of(events[0].project, [event for event in events if event.subject_id not in fresh])[
            "message"
        ]
        if len(fresh) < len(events)
        else {}
    )
    found = {**stored, **fresh}
    return {event.seq: {"line": Line(event, message=found.get(event.subject_id or 0))} for event in events}


def data(context: dict[str, Any]) -> dict[str, Any]:
    """What a program gets of a message."""
    message = context["line"].message
    return {"message": as_dict(message)} if message else {}


def poll_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/poll.html` needs for each event, by seq. The poll is shown as it is now, whenever the event was."""
    found = polls.polls_by_id(events[0].project, (event.subject_id for event in events))
    return {event.seq: _poll(event, found.get(event.subject_id or 0)) for event in events}


def _poll(event: Event, poll: Poll | None) -> dict[str, Any]:
    return {"line": Line(event, poll=poll), "poll": poll}


def poll_data(context: dict[str, Any]) -> dict[str, Any]:
    """What a program gets of a poll."""
    return {"poll": polls.as_dict(context["poll"])} if context["poll"] else {}
