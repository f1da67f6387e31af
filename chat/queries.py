"""What the conversation shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from chat.models import Message
from tasks.models import Task
from tasks.queries import tasks_by_id
from workspace.lines import Line
from workspace.models import Event, Project

PAGE = 50  # lines read at once


def timeline(
    project: Project, *, before: int | None = None, after: int | None = None, limit: int = PAGE
) -> list[Line]:
    """The last lines, or those with `seq < before`, or the first with `seq > after`: oldest first."""
    events = Event.objects.filter(project=project, in_chat=True)
    if after is not None:
        return lines(project, list(events.filter(seq__gt=after).order_by("seq")[:limit]))
    if before is not None:
        events = events.filter(seq__lt=before)
    return lines(project, list(events.order_by("-seq")[:limit])[::-1])


def around(project: Project, seq: int) -> list[Line]:
    """The lines about event `seq`: half a page before it, itself and half a page after it."""
    half = PAGE // 2
    return timeline(project, before=seq + 1, limit=half + 1) + timeline(project, after=seq, limit=half)


def lines(project: Project, events: Sequence[Event]) -> list[Line]:
    """`events` as lines, with all that they show. The number of queries does not grow with them."""
    says = [event.seq for event in events if event.kind == "message.posted"]
    effects = Event.objects.filter(project=project, cause__in=says).order_by("seq")
    caused: dict[int | None, list[Event]] = defaultdict(list)
    for effect in effects if says else []:
        caused[effect.cause].append(effect)
    everything = [*events, *(effect for group in caused.values() for effect in group)]
    messages = messages_by_id(event.subject_id for event in events if event.noun == "message")
    tasks = tasks_by_id(event.subject_id for event in everything if event.noun == "task")
    members = [event.subject_id for event in events if event.noun == "member"]
    users = users_by_id([*members, *(event.actor_id for event in everything)])
    subjects: dict[str, dict[int, Any]] = {"message": messages, "task": tasks, "member": users}
    for event in everything:
        event.project, event.actor = project, users[event.actor_id]

    def line(event: Event) -> Line:
        subject = event.subject_id or 0
        rows: dict[int, Any] = subjects.get(event.noun, {})
        shown = {"member": "user"}.get(event.noun, event.noun)
        found: dict[str, Any] = {shown: rows[subject]} if subject in rows else {}
        return Line(event, **found, effects=[line(effect) for effect in caused[event.seq]])

    return [line(event) for event in events]


def messages_by_id(ids: Iterable[int | None]) -> dict[int, Message]:
    """The messages with these ids, with their authors and the tasks that they name."""
    rows = Message.objects.select_related("author", "project", "task")
    found = {message.pk: message for message in rows.filter(pk__in={pk for pk in ids if pk})}
    _load_refs(found)
    if quoted := {message.reply_to_id for message in found.values()} - {None}:  # few messages are replies
        originals = Message.objects.select_related("author", "project").in_bulk(quoted)
        for message in found.values():
            message.reply_to = originals.get(message.reply_to_id or 0)
    return found


def _load_refs(messages: dict[int, Message]) -> None:
    # `prefetch_related` makes a manager for each message, which takes longer than all the rest.
    for message in messages.values():
        message.refs = []
    pairs = Message.tasks.through.objects.filter(message__in=messages)
    for pair in pairs.select_related("task__column", "task__project").order_by("task__number"):
        messages[pair.message_id].refs.append(pair.task)


def users_by_id(ids: Iterable[int | None]) -> dict[int, User]:
    """The people with these ids."""
    return User.objects.in_bulk([pk for pk in ids if pk])


def conversation(task: Task) -> list[Line]:
    """The messages that belong to the task: said in it, naming it, or having changed it. Oldest first."""
    events = Event.objects.filter(project=task.project)
    causes = events.filter(kind__startswith="task.", subject_id=task.pk, cause__isnull=False).values("cause")
    spoken = Message.objects.filter(Q(task=task) | Q(tasks=task)).values("pk")
    says = events.filter(kind="message.posted").filter(Q(subject_id__in=spoken) | Q(seq__in=causes))
    return lines(task.project, list(says.order_by("seq")))


def seq_at(project: Project, moment: datetime) -> int:
    """The seq of the first line at or after `moment`; the last line's when there is none."""
    events = Event.objects.filter(project=project, in_chat=True)
    found = events.filter(at__gte=moment).order_by("seq").values_list("seq", flat=True).first()
    return found or events.order_by("-seq").values_list("seq", flat=True).first() or 0


def seq_of(message: Message) -> int:
    """The seq of the event that posted the message."""
    posted = Event.objects.filter(project=message.project_id, kind="message.posted", subject_id=message.pk)
    return posted.values_list("seq", flat=True).get()


def as_dict(message: Message) -> dict[str, Any]:
    """The message as programs get it."""
    return {
        "id": message.pk,
        "author": message.author.handle,
        "text": message.text,
        "html": message.html,
        "task": message.task.number if message.task else None,
        "reply_to": message.reply_to_id,
        "created_at": message.created_at.isoformat(),
        "url": message.get_absolute_url(),
    }
