"""How the events about members and about the project itself are shown."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from workspace.lines import Line
from workspace.models import Event


def member_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/member.html` needs for each event, by seq."""
    users = User.objects.in_bulk([event.subject_id for event in events if event.subject_id])
    return {event.seq: {"line": Line(event, user=users.get(event.subject_id or 0))} for event in events}


def member_data(context: dict[str, Any]) -> dict[str, Any]:
    """What a program gets beside the event's details."""
    user = context["line"].user
    return {"member": {"id": user.pk, "handle": user.handle, "name": user.name}} if user else {}


def invitation_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/invitation.html` needs for each event, by seq."""
    return {event.seq: {"line": Line(event)} for event in events}


def no_data(_: dict[str, Any]) -> dict[str, Any]:
    """A program gets the event's details alone."""
    return {}


def project_contexts(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """What `live/project.html` needs for each event, by seq."""
    return {event.seq: {"line": Line(event), "project": event.project} for event in events}


def project_data(context: dict[str, Any]) -> dict[str, Any]:
    """What a program gets beside the event's details."""
    project = context["project"]
    return {"project": {"id": project.pk, "name": project.name, "slug": project.slug, "key": project.key}}
