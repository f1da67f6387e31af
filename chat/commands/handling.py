"""From what somebody says to what happens: talk is posted, a script is posted and run, a question is answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.utils.translation import override

from accounts.tongues import ENGLISH
from chat.actions import Draft, link_tasks, post_message, post_messages, said_before
from chat.commands import registry
from chat.commands.call import Call
from chat.commands.outcomes import Ack, Answer, Speech
from chat.commands.surroundings import ProjectSurroundings
from chat.language import VOCABULARY, Refusal, Script, Talk, parse
from chat.language.lines import head_of, straightened
from chat.language.tongues import tongue_called
from workspace.changes import Recorder, changes, reading
from workspace.errors import Refused
from workspace.models import Event, Membership
from workspace.permissions import require
from workspace.sentences import Sentence

TASKS = 100  # changed by one message


class Where(NamedTuple):
    """Where something is said: in the conversation of a task, by its number, and in the channel, or in one of them."""

    task: int | None
    in_chat: bool


def handle(
    member: Membership,
    text: str,
    nonce: UUID,
    *,
    reply_to: int | None = None,
    task: int | None = None,
    in_chat: bool = True,
    now: datetime | None = None,
    heard: str = "",
) -> Ack | Answer:
    """Say `text` in the member's project, perhaps in the conversation of the task with number `task`, and only there.
    `heard` is the tongue that the member's browser asks for.

    All of a script happens, or nothing of it. A nonce works once: said again, it gives the same `Ack` and nothing
    happens. Raises `Refused`.
    """
    context = context_for(member, now, task, heard)
    parsed = parse(text, context)
    if isinstance(parsed, Refusal):
        return _repeat_or_refuse(member, nonce, parsed)
    calls = _calls(member, parsed, context, nonce)
    if len(calls) == 1 and registry.get(calls[0].name).spec.is_private:
        return _answer(member, nonce, calls[0], context.tongue)
    with changes(member) as record:
        speech = _speech(calls) or Speech(parsed.text)
        is_script = bool(calls) and speech.text == parsed.text
        about = speech.task or task
        said = post_message(
            member,
            speech.text,
            nonce=nonce,
            reply_to=reply_to,
            task=about,
            is_script=is_script,
            in_chat=in_chat,
        )
        if said not in record.events:  # it was in the log before
            return Ack(said, is_repeat=True)
        notes = _run_all(calls, record, said, Where(task, in_chat))
        if reply_to is not None:
            link_tasks(reply_to, [task.pk for call in calls for task in call.made])
        return Ack(said, notes)


def is_question(text: str, tongue: str = ENGLISH) -> bool:
    """Whether `text` seems to be one private command: it is answered beside what is being stored."""
    first, *others = straightened(text).split("\n")
    head = head_of(first)
    spec = VOCABULARY.find(head.name, tongue_called(tongue)) if head else None
    return spec is not None and spec.is_private and not any(head_of(line) for line in others)


def talk(drafts: Sequence[Draft]) -> list[Event] | None:
    """Say several things of one project by few statements, all of them or none, and give the events.

    None where one of them is no talk: then each has to be handled by itself. Raises `Refused`.
    """
    parsed = [parse(draft.text, context_for(draft.member)) for draft in drafts]
    texts = [each.text for each in parsed if isinstance(each, Talk)]
    if len(texts) < len(drafts):
        return None
    return post_messages([replace(draft, text=text) for draft, text in zip(drafts, texts, strict=True)])


def context_for(
    member: Membership, now: datetime | None = None, task: int | None = None, heard: str = ""
) -> ProjectSurroundings:
    """What the language may ask about the member's project. Making it asks nothing."""
    return ProjectSurroundings(member, now, task, heard)


def _repeat_or_refuse(member: Membership, nonce: UUID, refusal: Refusal) -> Ack:
    # "/done fix login" means nothing once that task has been renamed, but a repeat still gets its answer.
    with changes(member):  # suggestions name tasks and people: none for somebody who has just been removed
        if earlier := said_before(member, nonce):
            return Ack(earlier, is_repeat=True)
    raise Refused(
        refusal.code,
        refusal.message,
        line=refusal.line,
        start=refusal.start,
        end=refusal.end,
        suggestions=refusal.fixes,
        can_send_as_text=refusal.can_send_as_text,
    )


def _calls(
    member: Membership, parsed: Talk | Script, context: ProjectSurroundings, nonce: UUID
) -> list[Call]:
    if isinstance(parsed, Talk):
        return []
    touched = sum(len(command.arguments.get("refs", ())) for command in parsed.commands)
    if touched > TASKS:  # all of it is one transaction, and the others wait
        raise Refused(
            "too_many",
            Sentence("{count} tasks in one message; the limit is {limit}.", count=touched, limit=TASKS),
        )
    return [Call(member, command, context, nonce) for command in parsed.commands]


def _answer(member: Membership, nonce: UUID, call: Call, tongue: str) -> Ack | Answer:
    """What a private command answers, in the tongue of who asked, or the `Ack` of what its nonce has said before."""
    command = registry.get(call.name)
    with reading(member):  # a reminder, which is written, takes the lock and looks at the nonce by itself
        if earlier := said_before(member, nonce):
            return Ack(earlier, is_repeat=True)
        require(member, command.ability)
        with override(tongue):
            answer = command.run(call)
    assert isinstance(answer, Answer)  # what a private command is for
    return answer


def _speech(calls: Sequence[Call]) -> Speech | None:
    """What is posted in place of the text as typed: the words of a command that is speech and stands alone."""
    if len(calls) == 1 and registry.get(calls[0].name).is_speech:
        speech = registry.get(calls[0].name).run(calls[0])
        return speech if isinstance(speech, Speech) else None
    return None


def _run_all(calls: Sequence[Call], record: Recorder, said: Event, where: Where) -> list[str]:
    """Run the commands as effects of what was said, and give the notes for its author."""
    record.cause = said.seq
    try:
        for call in calls:
            outcome = _run(call, record)
            if len(calls) > 1 and isinstance(outcome, Speech):
                _say_beside(call.member, outcome, record, where)
    finally:
        record.cause = None
    return [note for call in calls for note in call.notes]


def _say_beside(member: Membership, speech: Speech, record: Recorder, where: Where) -> None:
    """Say what a command within a script says: in a message of its own, where the script is said, or about its own task."""
    cause, record.cause = record.cause, None
    task = speech.task or where.task
    post_message(member, speech.text, nonce=uuid4(), task=task, in_chat=where.in_chat)
    record.cause = cause


def _run(call: Call, record: Recorder) -> Answer | Speech | None:
    command = registry.get(call.name)
    before = len(record.events)
    try:
        require(call.member, command.ability)
        outcome = command.run(call)
    except Refused as refusal:
        refusal.line, refusal.end = call.line, call.length
        raise
    if command.ability == "edit_tasks" and len(record.events) == before and not call.notes:
        call.notes.append(Sentence("/{name} changed nothing: it was so already.", name=call.name))
    return outcome
