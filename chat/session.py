"""What a socket asks of the database: plain synchronous functions, one for each hop."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from django.db import transaction

from accounts.tongues import told, tongue_of
from chat import commands
from chat.actions import Draft
from chat.commands import Ack
from chat.frames import Say
from chat.language.lines import FULLWIDTH_SLASH
from chat.limits import said_at_a_pace
from workspace import live
from workspace.changes import Gone, RoleChanged, look_at
from workspace.errors import UNAVAILABLE, Refused
from workspace.login import Scope, login_of
from workspace.models import Membership
from workspace.sockets import Login

Saying = tuple[Membership, Say, bool]  # who says what, and whether the answer is for a program

TOO_FAR = 500  # events; a client that stands further back loads the page again


@dataclass(frozen=True)
class Start:
    """What a connection is sent first: the event frames it missed, up to `seq`."""

    texts: list[str]
    seq: int
    you: dict[str, Any]
    is_too_far: bool = False


def open_for(scope: Scope, project_id: int) -> tuple[Login | None, Membership | None]:
    """Who is calling, and their membership of the project; None for what there is not."""
    login = login_of(scope)
    if login is None or project_id >= 2**63:  # no database counts further
        return login, None
    return login, _membership(user_id=login.user_id, project_id=project_id)


def start(member_id: int, after: int | None, as_data: bool) -> Start | None:
    """What came after event `after` (None: nothing but what is to come). None for somebody who is no longer a member."""
    member = _membership(pk=member_id)
    if member is None:
        return None
    last = member.project.last_seq
    user = member.user
    you = {"id": user.pk, "handle": user.handle, "role": member.role}
    if after is None or after >= last:
        return Start([], last, you)
    if last - after > TOO_FAR:
        return Start([], last, you, is_too_far=True)
    events = live.events_after(member.project_id, after, TOO_FAR + 1)
    found = live.frames(events, html=not as_data, data=as_data)
    if _membership(pk=member_id) is None:  # what was read may be of after the removal
        return None
    return Start([frame.data or frame.html for frame in found], found[-1].seq, you)


def say(member: Membership, said: Say, as_data: bool) -> dict[str, Any]:
    """Say it, and give the frame that answers: `ack`, `answer` or `refused`. Raises `Gone`."""
    frame: dict[str, Any] = {"nonce": str(said.nonce)}
    try:
        if not _seems_talk(said):
            look_at(
                member
            )  # what the words mean depends on what they have chosen since the socket was opened
        where = {"reply_to": said.reply_to, "task": said.task, "in_chat": said.in_chat, "heard": said.heard}
        outcome = said_at_a_pace(member, said.text, said.nonce, **where)
    except Gone:
        raise
    except RoleChanged:  # a socket may have known its member for days
        member.role = _living(member).role
        return say(member, said, as_data)
    except Refused as refusal:
        tongue = tongue_of(_living(member).user, said.heard)
        told_so = {"message": told(refusal.message, tongue), "draft": said.text}
        return {"type": "refused"} | frame | refusal.as_dict() | told_so
    if isinstance(outcome, Ack):
        tongue = tongue_of(member.user, said.heard)
        notes = {"notes": [told(note, tongue) for note in outcome.notes]} if outcome.notes else {}
        return {"type": "ack"} | frame | {"seq": outcome.seq} | notes
    return {"type": "answer"} | frame | ({"data": outcome.data} if as_data else {"html": outcome.html})


def say_all(says: Sequence[Saying]) -> list[dict[str, Any] | Exception]:
    """`say` for several who wait for each other anyway: each happens or not by itself, one commit stores all of them."""
    try:
        with transaction.atomic():
            outcomes: list[dict[str, Any] | Exception] = []
            for is_talk, group in groupby(says, key=lambda each: _seems_talk(each[1])):
                run = list(group)
                outcomes += (is_talk and _talk(run)) or [_said_or_gone(*each) for each in run]
            return outcomes
    except UNAVAILABLE as error:  # it would fail each of them, and keep them waiting in turn
        return [error] * len(says)
    except Exception as error:
        if len(says) == 1:
            return [error]
        # One of them broke, and with it perhaps the transaction. Each alone, it takes none of the others with it.
        return [outcome for each in says for outcome in say_all([each])]


def _seems_talk(said: Say) -> bool:
    return said.text.lstrip()[:1] not in {"/", FULLWIDTH_SLASH}


def _talk(says: Sequence[Saying]) -> list[dict[str, Any] | Exception] | None:
    """Store talk by few statements. None where something stands against it, and each has to be looked at by itself."""
    if len(says) == 1:
        return None
    drafts = [
        Draft(member, said.text, said.nonce, said.reply_to, said.task, in_chat=said.in_chat)
        for member, said, _ in says
    ]
    try:
        events = commands.talk(drafts)
    except Refused:
        return None
    if events is None:
        return None
    pairs = zip(drafts, events, strict=True)
    return [{"type": "ack", "nonce": str(draft.nonce), "seq": event.seq} for draft, event in pairs]


def _said_or_gone(member: Membership, said: Say, as_data: bool) -> dict[str, Any] | Exception:
    try:
        return say(member, said, as_data)
    except Gone as gone:
        return gone


def preview(member: Membership, text: str, task: int | None, heard: str = "") -> dict[str, Any]:
    """How `text` would be understood, perhaps in the conversation of a task, from somebody whose browser asks for the tongue
    `heard`. Nothing is stored. Raises `Gone`.
    """
    return commands.preview(_living(member), text, task=task, heard=heard)


def mark_read(member_id: int, seq: int) -> None:
    """The member has read up to `seq`: never back, and never beyond the log."""
    rows = Membership.objects.filter(pk=member_id, read_seq__lt=seq)
    last = rows.values_list("project__last_seq", flat=True).first()
    if last is not None:
        rows.update(read_seq=min(seq, last))


def _living(member: Membership) -> Membership:
    fresh = _membership(pk=member.pk)
    if fresh is None:
        raise Gone("You are no longer a member of this project.")
    return fresh


def _membership(**where: Any) -> Membership | None:
    found = Membership.objects.select_related("project", "user").filter(**where).first()
    return found if found and found.user.is_active else None


def with_events(body: dict[str, Any], texts: list[str]) -> bytes:
    """`body` as JSON with `events`, which are JSON texts already."""
    fragments = [orjson.Fragment(text) for text in texts]
    return orjson.dumps(body | {"events": fragments})
