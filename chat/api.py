"""Saying, the log, messages, search and commands, for programs."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from accounts.tongues import heard_by, told, tongue_of
from chat.commands import Ack, registry
from chat.editing import edit_message, remove_message
from chat.finding import find_tasks, query_of
from chat.limits import said_at_a_pace
from chat.models import Message
from chat.queries import as_dict, whole
from chat.search import search_messages
from tasks.queries import as_dict as task_as_dict
from workspace import live
from workspace.api_kit import ApiRequest, Body, Limit, Number, Position, Word, member_of, within
from workspace.changes import Gone
from workspace.errors import Refused, TooFast
from workspace.pace import COMMANDS, SEARCHES

router = Router(tags=["chat"])


class Say(Body):
    """Talk, or a script of slash commands. The nonce works once: repeat it after an answer that got lost."""

    text: str
    nonce: UUID
    reply_to: Number | None = None
    task: Number | None = None
    in_chat: bool = True


class Edit(Body):
    """What a message says from now on. `was`, if it is given, is what it has to say until then."""

    text: str
    was: str | None = None


class Said(Schema):
    """It is stored: `seq` is the number of its first event. `notes` are sentences for you alone."""

    seq: int
    events: list[dict[str, Any]]
    notes: list[str]


class Answered(Schema):
    """The reply to a private command. Nothing was stored."""

    answer: dict[str, Any]


class RefusedSay(Schema):
    """Nothing happened. `suggestions` are complete lines; `draft` is what was sent."""

    code: str
    message: str
    line: int
    start: int
    end: int
    suggestions: list[str]
    can_send_as_text: bool
    nonce: UUID
    draft: str


@router.post(
    "/projects/{int:project_id}/say",
    response={201: Said, 200: Said | Answered, 422: RefusedSay},
)
def say(request: ApiRequest, project_id: int, body: Say) -> Status[Any]:
    """Say something. 201 when it is stored, 200 for a repeated nonce or a private answer, 422 when it is refused."""
    member, heard = member_of(request, project_id), heard_by(request)
    tongue = tongue_of(member.user, heard)
    try:
        where = {"reply_to": body.reply_to, "task": body.task, "in_chat": body.in_chat, "heard": heard}
        outcome = said_at_a_pace(member, body.text, body.nonce, **where)
    except (Gone, TooFast):
        raise
    except Refused as refusal:
        message = told(refusal.message, tongue)
        return Status(422, {**refusal.as_dict(), "message": message, "nonce": body.nonce, "draft": body.text})
    if not isinstance(outcome, Ack):
        return Status(200, {"answer": outcome.data})
    notes = [told(note, tongue) for note in outcome.notes]
    said = {"seq": outcome.seq, "events": live.as_dicts(outcome.events), "notes": notes}
    return Status(200 if outcome.is_repeat else 201, said)


@router.get("/projects/{int:project_id}/events")
def events(request: ApiRequest, project_id: int, after: Position = 0, limit: Limit = 200) -> dict[str, Any]:
    """The log: the first `limit` events with a `seq` above `after`. Ask again with `after` set to the answer's `seq`."""
    project = member_of(request, project_id).project
    found = live.events_after(project.pk, after, limit)
    return {"events": live.as_dicts(found), "seq": found[-1].seq if found else project.last_seq}


@router.get("/projects/{int:project_id}/messages")
def messages(
    request: ApiRequest, project_id: int, before: Position | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """The last messages, or the last with an id below `before`, oldest first."""
    rows = Message.objects.filter(project=member_of(request, project_id).project, removed_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = rows.select_related("author", "project", "task").order_by("-pk")[:limit]
    return {"messages": [as_dict(message) for message in found][::-1]}


@router.get("/projects/{int:project_id}/messages/{int:message_id}")
def message(request: ApiRequest, project_id: int, message_id: int) -> dict[str, Any]:
    """One message, by its id."""
    rows = Message.objects.filter(project=member_of(request, project_id).project, removed_at=None)
    return as_dict(get_object_or_404(rows.select_related("author", "project", "task"), pk=within(message_id)))


@router.patch("/projects/{int:project_id}/messages/{int:message_id}")
def edit(request: ApiRequest, project_id: int, message_id: int, body: Edit) -> dict[str, Any]:
    """Let a message of yours say something else. Nothing is run, whatever the text begins with."""
    member = member_of(request, project_id)
    COMMANDS.spend(member.user_id)  # everybody is told of each
    return as_dict(whole(edit_message(member, within(message_id), body.text, was=body.was)))


@router.delete("/projects/{int:project_id}/messages/{int:message_id}", response={204: None})
def remove(request: ApiRequest, project_id: int, message_id: int) -> Status[None]:
    """Take back what a message of yours says, or any if you own the project. What came of it stays."""
    member = member_of(request, project_id)
    COMMANDS.spend(member.user_id)
    remove_message(member, within(message_id))
    return Status(204, None)


@router.get("/search")
def search(
    request: ApiRequest, q: Word = "", project: Position | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """The newest tasks and messages that the query `q` finds, in one project or in all of yours.

    Filters such as `is:open` and `@ana` are about tasks: with one, no message is found.
    """
    SEARCHES.spend(request.auth.pk)
    where = member_of(request, project).project if project is not None else None
    query = query_of(request.auth, q, where, heard_by(request))
    tasks = find_tasks(request.auth, query, project=where, limit=limit)
    found = [] if query.filters else search_messages(request.auth, query.text, project=where, limit=limit)
    return {"tasks": [task_as_dict(task) for task in tasks], "messages": [as_dict(row) for row in found]}


@router.get("/commands")
def commands(request: ApiRequest) -> list[dict[str, Any]]:
    """All slash commands, with what they take, in your tongue."""
    return registry.as_data(tongue_of(request.auth, heard_by(request)))
