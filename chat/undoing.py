"""Taking back what one did here last, and doing it again: changes of tasks, a poll, or a reminder that is to come."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from chat.models import Poll, Reminder
from chat.polls import reopen_poll, withdraw_poll
from chat.reminders import bring_back, take_back
from tasks import history
from tasks.history import UNDO_WITHIN, act_of
from tasks.models import Task
from workspace.changes import Recorder, changes
from workspace.models import Event, Membership
from workspace.permissions import require

OPENED, REOPENED, CLOSED = "poll.opened", "poll.reopened", "poll.closed"


class Side(NamedTuple):
    """What may have become of polls: the kinds of its events, and whether the polls are open after them."""

    kinds: frozenset[str]
    is_open: bool


OPEN, WITHDRAWN = Side(frozenset({OPENED, REOPENED}), True), Side(frozenset({CLOSED}), False)


def undo(member: Membership) -> str:
    """Take the member's last act here back. Gives what there is to say of it to the member alone. Raises `Refused`."""
    require(member, "edit_tasks")
    with changes(member) as record:
        reminders = _reminders(record).filter(
            done_at=None, at__gt=record.at, created_at__gte=record.at - UNDO_WITHIN
        )
        reminder = reminders.order_by("-created_at", "-pk").first()
        change, asked = history.last_change(record), _together(_standing(record, OPEN))
        if reminder and _is_last(reminder.created_at, change, *asked):
            return f"Taken back: your reminder {take_back(record, reminder).number}, {reminder.words}"
        _both(record, change, asked, history.undo, withdraw_poll)
    return ""


def redo(member: Membership) -> str:
    """Do again what `undo` took back last. Gives and raises as `undo` does."""
    require(member, "edit_tasks")
    with changes(member) as record:
        reminders = _reminders(record).filter(at__gt=record.at, undone_at__gte=record.at - UNDO_WITHIN)
        reminder = reminders.order_by("-undone_at", "-pk").first()
        change, asked = history.last_change(record, is_undo=True), _together(_standing(record, WITHDRAWN))
        if reminder and _is_last(reminder.undone_at, change, *asked):
            return f"Set again: your reminder {bring_back(reminder).number}, {reminder.words}"
        _both(record, change, asked, history.redo, reopen_poll)
    return ""


def undo_event(member: Membership, seq: int | None) -> list[Task]:
    """Take back the member's change of tasks with the event `seq`, or the last one, with all that its message did; or do
    again what was taken back by it. Gives the tasks. Raises `Refused`.
    """
    require(member, "edit_tasks")
    with changes(member) as record:
        own = Event.objects.filter(project=record.project, actor=member.user)
        if event := own.filter(seq=seq).first() if seq else history.last_change(record):
            is_redo = event.kind == history.UNDONE
            for asked in _standing(record, WITHDRAWN if is_redo else OPEN):
                if act_of(asked) == act_of(event):
                    (reopen_poll if is_redo else withdraw_poll)(record, asked)
        return history.undo(member, seq)


def _both(
    record: Recorder,
    change: Event | None,
    asked: list[Event],
    reverse_tasks: Callable[[Membership], Any],
    reverse_poll: Callable[[Recorder, Event], Any],
) -> None:
    """Reverse the later one of a change of tasks and what became of polls, or both where one message made them."""
    is_one_act = change is not None and bool(asked) and act_of(change) == act_of(asked[0])
    if asked and (is_one_act or change is None or asked[0].seq > change.seq):
        for event in asked:
            reverse_poll(record, event)
        if not is_one_act:
            return
    reverse_tasks(record.member)


def _reminders(record: Recorder) -> QuerySet[Reminder]:
    return Reminder.objects.filter(project=record.project, author=record.member.user)


def _is_last(moment: datetime | None, *events: Event | None) -> bool:
    return moment is not None and all(event is None or event.at < moment for event in events)


def _together(events: list[Event]) -> list[Event]:
    """The first of the events, and those that happened together with it."""
    return [event for event in events if act_of(event) == act_of(events[0])]


def _standing(record: Recorder, side: Side) -> list[Event]:
    """The member's events on this side that no later one took back, of the last hour, newest first."""
    own = Event.objects.filter(project=record.project, actor=record.member.user)
    stored = own.filter(kind__in=[OPENED, REOPENED, CLOSED], at__gte=record.at - UNDO_WITHIN).order_by("-seq")
    recent = [*(event for event in reversed(record.events) if event.noun == "poll"), *stored]
    gone = {seq for event in recent for seq in event.details.get("undoes", ())}
    polls = Poll.objects.filter(project=record.project, closed_at__isnull=side.is_open)
    standing = set(polls.filter(pk__in=[event.subject_id for event in recent]).values_list("pk", flat=True))
    fitting = (event for event in recent if event.kind in side.kinds and event.subject_id in standing)
    return [
        event for event in fitting if event.seq not in gone and (side.is_open or "undoes" in event.details)
    ]
