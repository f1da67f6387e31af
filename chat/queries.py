"""What the conversation shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from chat.models import Message
from chat.polls import polls_by_id
from tasks.models import Task
from tasks.queries import tasks_by_id
from workspace.lines import Line
from workspace.models import Event, Project
from workspace.people import users_by_id
from workspace.prepared import Prepared

PAGE = 50  # lines read at once


def timeline(
    project: Project, *, before: int | None = None, after: int | None = None, limit: int = PAGE
) -> list[Line]:
    """The last lines, or those with `seq < before`, or the first with `seq > after`: oldest first."""
    if after is not None:
        return lines(project, list(_later(limit).rows(project.pk, after)))
    return lines(project, list(_earlier(limit).rows(project.pk, before or ENDLESS))[::-1])


ENDLESS = 2**63 - 1  # above every seq
_IN_CHAT = Event.objects.filter(in_chat=True)


@cache
def _earlier(limit: int) -> Prepared[Event]:
    return Prepared(_IN_CHAT.order_by("-seq"), "project", "seq__lt", limit=limit)


@cache
def _later(limit: int) -> Prepared[Event]:
    return Prepared(_IN_CHAT.order_by("seq"), "project", "seq__gt", limit=limit)


def around(project: Project, seq: int) -> list[Line]:
    """The lines about event `seq`: half a page before it, itself and half a page after it."""
    half = PAGE // 2
    return timeline(project, before=seq + 1, limit=half + 1) + timeline(project, after=seq, limit=half)


def lines(project: Project, events: Sequence[Event]) -> list[Line]:
    """`events` as lines, with all that they show. The number of queries does not grow with them."""
    says = [event.seq for event in events if event.kind == "message.posted"]
    effects = sorted(_effects.rows(project.pk, says), key=attrgetter("seq"))
    caused: dict[int | None, list[Event]] = defaultdict(list)
    for effect in effects:
        caused[effect.cause].append(effect)
    subjects = subjects_of(project, [*events, *effects])

    def line(event: Event) -> Line:
        subject = event.subject_id or 0
        rows = subjects.get(event.noun, {})
        shown = {"member": "user"}.get(event.noun, event.noun)
        found: dict[str, Any] = {shown: rows[subject]} if subject in rows else {}
        return Line(event, **found, effects=[line(effect) for effect in caused[event.seq]])

    return [line(event) for event in events]


def subjects_of(project: Project, events: Sequence[Event]) -> dict[str, Mapping[int, Any]]:
    """The messages, tasks, polls and members that events of the project are about, by noun and id, with all that they show.

    The events themselves get their actors.
    """
    about: dict[str, list[int | None]] = defaultdict(list)
    for event in events:
        about[event.noun].append(event.subject_id)
    messages = {message.pk: message for message in _messages.rows(project.pk, _known(about["message"]))}
    quoted = {message.reply_to_id for message in messages.values()} - messages.keys()
    messages |= {message.pk: message for message in _messages.rows(project.pk, _known(quoted))}
    named = list(_named.tuples(list(messages)))
    tasks = tasks_by_id(
        project,
        [*about["task"], *(task for _, task in named), *(message.task_id for message in messages.values())],
    )
    authors = (message.author_id for message in messages.values())
    users = users_by_id([*about["member"], *(event.actor_id for event in events), *authors])
    for message in messages.values():
        message.project, message.author = project, users[message.author_id]
        message.task, message.refs = tasks.get(message.task_id or 0), []
        message.reply_to = messages.get(message.reply_to_id or 0)
    for pk, task in named:
        messages[pk].refs.append(tasks[task])
    for message in messages.values():
        message.refs.sort(key=attrgetter("number"))
    for event in events:
        event.project, event.actor = project, users[event.actor_id]
    polls = polls_by_id(project, about["poll"])
    return {"message": messages, "task": tasks, "member": users, "poll": polls}


def _known(ids: Iterable[int | None]) -> list[int]:
    return list({pk for pk in ids if pk})


# Sorted here, not by the database: SQLite would read the whole log, which is in the order that is asked for.
_effects: Prepared[Event] = Prepared(Event.objects.order_by(), "project", "cause__in")
_messages: Prepared[Message] = Prepared(Message.objects.all(), "project", "pk__in")
_named: Prepared[Any] = Prepared(
    Message.tasks.through.objects.values_list("message_id", "task_id"), "message__in"
)


def conversation(task: Task) -> list[Line]:
    """The messages that belong to the task: said in it, naming it, having made or changed it, or a reply to one of these.

    Oldest first.
    """
    events = Event.objects.filter(project=task.project)
    causes = events.filter(kind__startswith="task.", subject_id=task.pk, cause__isnull=False).values("cause")
    says = events.filter(kind="message.posted")
    said = Message.objects.filter(task=task).values_list("pk")
    named = Message.tasks.through.objects.filter(task=task).values_list("message")
    caused = says.filter(seq__in=causes).values_list("subject_id")
    replies = Message.objects.filter(reply_to__in=said.union(named, caused)).values_list("pk")
    # A union, where "or" would look at each message of the project.
    belonging = said.union(named, caused, replies)
    return lines(task.project, list(says.filter(subject_id__in=belonging).order_by("seq")))


def seq_at(project: Project, moment: datetime) -> int:
    """The seq of the first line at or after `moment`; the last line's when there is none."""
    events = Event.objects.filter(project=project, in_chat=True)
    found = events.filter(at__gte=moment).order_by("seq").values_list("seq", flat=True).first()
    return found or events.order_by("-seq").values_list("seq", flat=True).first() or 0


def posted_by(message: Message) -> Event:
    """The event that posted the message."""
    return Event.objects.get(project=message.project_id, kind="message.posted", subject_id=message.pk)


def whole(message: Message) -> Message:
    """The message as it is stored now, with all that it shows."""
    found: Message = subjects_of(message.project, [posted_by(message)])["message"][message.pk]
    return found


def as_dict(message: Message) -> dict[str, Any]:
    """The message as programs get it."""
    return {
        "id": message.pk,
        "author": message.author.handle,
        "text": message.text,
        "html": message.html,
        "task": message.task.number if message.task else None,
        "reply_to": message.reply_to_id,
        "made": [task.number for task in message.made],
        "created_at": message.created_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
        "removed_at": message.removed_at.isoformat() if message.removed_at else None,
        "url": message.get_absolute_url(),
    }
