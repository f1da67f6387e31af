"""All that can happen to a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from chat.models import Message
from chat.naming import Named
from tasks.models import Task
from workspace import markup
from workspace.changes import Recorder, changes
from workspace.errors import Refused
from workspace.models import Event, Membership
from workspace.permissions import require
from workspace.prepared import Prepared, insert
from workspace.sentences import Sentence
from workspace.text import clean_text

LENGTH = 8_000  # characters


@dataclass(frozen=True)
class Draft:
    """What a member wants to say: `reply_to` is a message's id, `task` the number of a task.

    What is said about a task is read on its page; `in_chat`, as a rule, in the project's conversation too.
    """

    member: Membership
    text: str
    nonce: UUID
    reply_to: int | None = None
    task: int | None = None
    is_script: bool = False
    in_chat: bool = True

    @property
    def key(self) -> "Key":
        """What works once: this nonce, said by this person."""
        return self.member.user_id, self.nonce


Key = tuple[int, UUID]


def post_message(
    member: Membership,
    text: str,
    *,
    nonce: UUID,
    reply_to: int | None = None,
    task: int | None = None,
    is_script: bool = False,
    in_chat: bool = True,
) -> Event:
    """Say `text` in the member's project, and give the event.

    The nonce works once: said again, the first event is given and nothing happens. Raises `Denied` and `Refused` (`empty`,
    `too_long`, `unknown_message`, `unknown_task`).
    """
    (event,) = post_messages([Draft(member, text, nonce, reply_to, task, is_script, in_chat)])
    return event


def post_messages(drafts: Sequence[Draft]) -> list[Event]:
    """Say what members of one project want to say, in this order and by few statements, and give the events.

    All of it is said or nothing. Raises as `post_message` does.
    """
    written = [_write(draft) for draft in drafts]
    with changes(*(draft.member for draft in drafts)) as record:
        said = _said_before(drafts)
        fresh: dict[Key, tuple[Written, Message]] = {}
        for each in written:
            if each.draft.key not in said and each.draft.key not in fresh:
                fresh[each.draft.key] = each, _message(record, each)
        if fresh:
            insert(*(message for _, message in fresh.values()))
        for key, (each, message) in fresh.items():
            said[key] = _post(record, each, message)
        return [said[draft.key] for draft in drafts]


class Written(NamedTuple):
    """A draft as it will be stored."""

    draft: Draft
    text: str
    html: str
    named: "Named"


def _write(draft: Draft) -> Written:
    require(draft.member, "talk")
    text = checked_text(draft.text)
    return Written(draft, text, *rendered(draft.member, text, is_script=draft.is_script))


def rendered(member: Membership, text: str, *, is_script: bool) -> tuple[str, Named]:
    """The HTML of what the member says, and who and what it names."""
    named = Named(member)
    render = markup.render_script if is_script else markup.render
    html = render(text, mention=named.person, task=named.task_url, key=member.project.key).html
    return html, named


def _message(record: Recorder, written: Written) -> Message:
    draft = written.draft
    return Message(
        project=record.project,
        author=draft.member.user,
        text=written.text,
        html=written.html,
        task=_task(draft.member, draft.task),
        reply_to=_replied(draft.member, draft.reply_to),
        created_at=record.at,
    )


def _post(record: Recorder, written: Written, message: Message) -> Event:
    named, draft = written.named, written.draft
    if named.tasks:
        message.tasks.set(named.tasks.values())
    else:
        message.refs = []  # spares the live frame a query
    people = sorted(named.people)
    in_chat = draft.in_chat or draft.task is None
    return record(
        "message.posted", message, by=draft.member, nonce=draft.nonce, in_chat=in_chat, mentions=people
    )


def link_tasks(message_id: int, tasks: Sequence[int]) -> None:
    """The message names these tasks, or they came of it: it shows them, and their pages show it."""
    Message.tasks.through.objects.bulk_create(
        (Message.tasks.through(message_id=message_id, task_id=task) for task in tasks), ignore_conflicts=True
    )


def _said_before(drafts: Sequence[Draft]) -> dict[Key, Event]:
    nonces = [draft.nonce for draft in drafts]
    authors = list({draft.member.user_id for draft in drafts})
    rows = _said.rows(drafts[0].member.project_id, authors, nonces)
    return {(event.actor_id, event.nonce): event for event in rows if event.nonce}


def said_before(member: Membership, nonce: UUID) -> Event | None:
    """The event that this member's nonce already made in this project. Ask under the project's lock."""
    return _said.get(member.project_id, [member.user_id], [nonce])


_said: Prepared[Event] = Prepared(Event.objects.all(), "project", "actor__in", "nonce__in")


def checked_text(text: str) -> str:
    """The text as it is stored. Raises `Refused`: `empty`, `too_long` with the number by which it is too long."""
    text = clean_text(text)
    if not text:
        raise Refused("empty", Sentence("There is nothing to send yet."))
    if len(text) > LENGTH:
        many = "Too long by {surplus:,} characters. A message may have {length:,}."
        raise Refused("too_long", Sentence(many, surplus=len(text) - LENGTH, length=LENGTH))
    return text


def _task(member: Membership, number: int | None) -> Task | None:
    if number is None:
        return None
    task = Task.objects.filter(project_id=member.project_id, number=number).first()
    if task is None:
        raise Refused("unknown_task", Sentence("There is no task #{number} in this project.", number=number))
    return task


def _replied(member: Membership, message_id: int | None) -> Message | None:
    if message_id is None:
        return None
    message = Message.objects.filter(project_id=member.project_id, pk=message_id).first()
    if message is None:
        raise Refused("unknown_message", Sentence("The message that this replies to is not in this project."))
    return message
