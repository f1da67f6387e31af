"""Taking back what one did here last, and doing it again: changes of tasks, a poll, or a reminder that is to come."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from chat.models import Poll, Reminder
from chat.polls import reopen_poll, withdraw_poll
from chat.reminders import bring_back, take_back
from tasks import history
from tasks.history import UNDO_WITHIN
from workspace.changes import Recorder, changes
from workspace.models import Event, Membership
from workspace.permissions import require

OPENED, REOPENED, CLOSED = "poll.opened", "poll.reopened", "poll.closed"


def undo(member: Membership) -> str:
    """Take the member's last act here back. Gives what there is to say of it to the member alone. Raises `Refused`."""
    require(member, "edit_tasks")
    with changes(member) as record:
        reminders = _reminders(record).filter(
            done_at=None, at__gt=record.at, created_at__gte=record.at - UNDO_WITHIN
        )
        reminder = reminders.order_by("-created_at", "-pk").first()
        events = history.last_change(record), _last_poll(record, {OPENED, REOPENED}, is_open=True)
        if reminder and _is_last(reminder.created_at, *events):
            return f"Taken back: your reminder {take_back(record, reminder).number}, {reminder.words}"
        _both(record, events, history.undo, withdraw_poll)
    return ""


def redo(member: Membership) -> str:
    """Do again what `undo` took back last. Gives and raises as `undo` does."""
    require(member, "edit_tasks")
    with changes(member) as record:
        reminders = _reminders(record).filter(at__gt=record.at, undone_at__gte=record.at - UNDO_WITHIN)
        reminder = reminders.order_by("-undone_at", "-pk").first()
        events = history.last_change(record, is_undo=True), _last_poll(record, {CLOSED}, is_open=False)
        if reminder and _is_last(reminder.undone_at, *events):
            return f"Set again: your reminder {bring_back(reminder).number}, {reminder.words}"
        _both(record, events, history.redo, reopen_poll)
    return ""


def _both(
    record: Recorder,
    events: tuple[Event | None, Event | None],
    reverse_tasks: Callable[[Membership], Any],
    reverse_poll: Callable[[Recorder, Event], Any],
) -> None:
    """Reverse the later one of a change of tasks and one of a poll, or both where one message made them."""
    change, asked = events
    is_one_act = change is not None and asked is not None and change.cause and change.cause == asked.cause
    if asked and (is_one_act or change is None or asked.seq > change.seq):
        reverse_poll(record, asked)
        if not is_one_act:
            return
    reverse_tasks(record.member)


def _reminders(record: Recorder) -> QuerySet[Reminder]:
    return Reminder.objects.filter(project=record.project, author=record.member.user)


def _is_last(moment: datetime | None, *events: Event | None) -> bool:
    return moment is not None and all(event is None or event.at < moment for event in events)


def _last_poll(record: Recorder, kinds: set[str], *, is_open: bool) -> Event | None:
    """The member's last event of these kinds that no later one took back, about a poll that is still open, or closed."""
    own = Event.objects.filter(project=record.project, actor=record.member.user)
    stored = own.filter(kind__in=[OPENED, REOPENED, CLOSED], at__gte=record.at - UNDO_WITHIN).order_by("-seq")
    recent = [*(event for event in reversed(record.events) if event.noun == "poll"), *stored]
    gone = {seq for event in recent for seq in event.details.get("undoes", ())}
    polls = Poll.objects.filter(project=record.project, closed_at__isnull=is_open)
    standing = set(polls.filter(pk__in=[event.subject_id for event in recent]).values_list("pk", flat=True))
    fitting = (event for event in recent if event.kind in kinds and event.subject_id in standing)
    return next(
        (event for event in fitting if event.seq not in gone and (is_open or "undoes" in event.details)), None
    )
