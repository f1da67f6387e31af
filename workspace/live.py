"""Turns events into the frames that every client of a project gets, and rings for them.

Each frame is rendered and encoded once, here, for all sockets of all processes. What the bell loses is read from the log.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.template.loader import get_template

from workspace.models import Event
from workspace.ringing import EVERYBODY, group_of, ring

log = logging.getLogger(__name__)

Contexts = dict[int, dict[str, Any]]


class Frame(NamedTuple):
    """An event as clients get it: `html` for pages, `data` for programs, both JSON texts; `evicts` is the id of the user
    whose sockets close before this frame is delivered.
    """

    seq: int
    html: str
    data: str
    evicts: int | None = None


@dataclass(frozen=True)
class Noun:
    """How the events about one kind of thing are shown.

    `contexts(events)` gives, by seq, what `live/<noun>.html` needs; `data(context)` gives the event's `data` for programs.
    """

    contexts: Callable[[Sequence[Event]], Contexts]
    data: Callable[[dict[str, Any]], dict[str, Any]]


_nouns: dict[str, Noun] = {}


def show(name: str, contexts: Callable[[Sequence[Event]], Contexts], data: Callable[..., Any]) -> None:
    """Say how events `<name>.…` are shown. Each app does so for its own nouns, once, when it is ready."""
    _nouns[name] = Noun(contexts, data)


def frames(events: Sequence[Event], *, html: bool = True, data: bool = True) -> list[Frame]:
    """The frames of `events`, which are of one project. What is not asked for is left empty."""
    shown = _contexts(events)
    return [_frame(event, shown[event.seq], html=html, data=data) for event in events]


def events_after(project_id: int, after: int, limit: int) -> list[Event]:
    """The first `limit` events of the project with `seq > after`, in order, with their actors."""
    found = Event.objects.filter(project_id=project_id, seq__gt=after).select_related("actor", "project")
    return list(found.order_by("seq")[:limit])


def as_dict(event: Event, context: dict[str, Any]) -> dict[str, Any]:
    """The event as a program gets it: the `event` frame with `data`."""
    return _envelope(event) | {"data": event.details | _nouns[event.noun].data(context)}


def as_dicts(events: Sequence[Event]) -> list[dict[str, Any]]:
    """`as_dict` of several events of one project."""
    shown = _contexts(events)
    return [as_dict(event, shown[event.seq]) for event in events]


def _contexts(events: Sequence[Event]) -> Contexts:
    shown: Contexts = {}
    for name in {event.noun for event in events}:
        shown |= _nouns[name].contexts([event for event in events if event.noun == name])
    return shown


def _frame(event: Event, context: dict[str, Any], *, html: bool, data: bool) -> Frame:
    page = program = ""
    if html:
        page = _text(_envelope(event) | {"html": _html(event, context)})
    if data:
        program = _text(as_dict(event, context))
    evicts = event.details["user"] if event.kind == "member.removed" else None
    return Frame(event.seq, page, program, evicts)


def _html(event: Event, context: dict[str, Any]) -> str:
    try:
        return get_template(f"live/{event.noun}.html").render(context)
    except Exception:  # one event that cannot be shown must not hold up those that follow it
        log.exception("Event %s cannot be shown", event)
        return ""


def _envelope(event: Event) -> dict[str, Any]:
    actor = event.actor
    frame = {
        "type": "event",
        "seq": event.seq,
        "kind": event.kind,
        "at": event.stamp,
        "actor": {"id": actor.pk, "handle": actor.handle, "name": actor.name},
    }
    if event.nonce:
        frame["nonce"] = str(event.nonce)
    return frame


def _text(frame: dict[str, Any]) -> str:
    return orjson.dumps(frame, default=str).decode()


def publish(events: Sequence[Event]) -> None:
    """Tell all processes of events that have been committed. The log has them: if this fails, the hub will look."""
    if not events:
        return
    project_id = events[0].project_id
    ready = [list(frame) for frame in frames(events)]
    message = {"type": "frames", "project": project_id, "frames": ready, "seq": events[-1].seq}
    ring(group_of(project_id), message | {"at": time.time()})


def revoke(*, user: int | None = None, session: str | None = None, token: int | None = None) -> None:
    """Close the sockets that a user, a session (its key) or an API token (its id) opened. Call it after the commit."""
    ring(EVERYBODY, {"type": "revoke", "user": user, "session": session, "token": token})
