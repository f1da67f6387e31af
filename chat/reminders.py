"""All that can happen to a reminder: it is set, taken back, and posted at its moment.

Until then it is its author's own affair, and no part of the project: the log, which everybody reads, does not know of it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from chat.actions import LENGTH, post_message
from chat.language.reminders import HERE
from chat.models import Reminder
from tasks.models import Task
from workspace.changes import Gone, Recorder, RoleChanged, changes
from workspace.errors import UNAVAILABLE, Refused
from workspace.markup import quoted
from workspace.models import Membership
from workspace.permissions import require
from workspace.sentences import Sentence

log = logging.getLogger(__name__)

MOST = 100  # to come, of one person in a project
AT_ONCE = 8  # posted in one go: those who talk meanwhile wait for it


def set_reminder(
    member: Membership,
    *,
    for_whom: User | None,
    at: datetime,
    text: str,
    tasks: Sequence[int],
    nonce: UUID,
) -> Reminder:
    """Remind somebody, or everybody in the project (None), at a moment. The same nonce again gives the same reminder."""
    require(member, "talk")
    with changes(member) as record:
        mine = Reminder.objects.filter(project=record.project, author=member.user)
        if earlier := mine.filter(nonce=nonce).select_related("for_whom").first():
            return earlier
        if mine.filter(done_at=None).count() >= MOST:
            raise Refused(
                "too_many",
                Sentence(
                    "You have {most} reminders to come here; that is the limit. Try /remind list.", most=MOST
                ),
            )
        return Reminder.objects.create(
            project=record.project,
            author=member.user,
            number=(mine.aggregate(Max("number"))["number__max"] or 0) + 1,
            for_whom=for_whom,
            at=at,
            text=text,
            tasks=list(tasks),
            nonce=nonce,
            created_at=record.at,
        )


def cancel_reminder(member: Membership, number: int) -> Reminder:
    """Take a reminder of one's own back. Raises `Refused` where there is none to come with this number."""
    with changes(member) as record:
        found = next((each for each in pending(member) if each.number == number), None)
        if found is None:
            raise Refused(
                "missing_argument",
                Sentence("You have no reminder {number} here. /remind list shows them.", number=number),
            )
        _end(found, record.at)
    return found


def take_back(record: Recorder, reminder: Reminder) -> Reminder:
    """Cancel a reminder so that it can be brought back."""
    reminder.done_at = reminder.undone_at = record.at
    reminder.save(update_fields=["done_at", "undone_at"])
    return reminder


def bring_back(reminder: Reminder) -> Reminder:
    """Let a reminder that was taken back come after all."""
    reminder.done_at = reminder.undone_at = None
    reminder.save(update_fields=["done_at", "undone_at"])
    return reminder


def pending(member: Membership) -> list[Reminder]:
    """The member's reminders that are to come here, the next one first."""
    rows = Reminder.objects.filter(project=member.project, author=member.user, done_at=None)
    return list(rows.select_related("for_whom").order_by("at", "pk"))


def post_what_is_due() -> datetime | None:
    """Post the reminders whose moment has come, each once however many processes look, and give the next moment."""
    waiting = Reminder.objects.filter(done_at=None).order_by("at", "pk").select_related("author", "project")
    for _ in range(AT_ONCE):
        reminder = waiting.filter(at__lte=timezone.now()).first()
        if reminder is None:
            break
        try:
            _come(reminder)
        except RoleChanged:  # just now: the next look knows the new role
            continue
        except UNAVAILABLE as error:  # somebody holds one project's lock: the others need not wait for it
            log.warning("The reminders of project %s wait: %s", reminder.project_id, error)
            waiting = waiting.exclude(project=reminder.project_id)
        except Exception:  # one that cannot be posted must not hold up those that follow it
            log.exception("Reminder %s cannot be posted", reminder.pk)
            _end(reminder, timezone.now())
    return waiting.values_list("at", flat=True).first()


def _come(reminder: Reminder) -> None:
    rows = Membership.objects.select_related("project", "user")
    member = rows.filter(project=reminder.project, user=reminder.author, user__is_active=True).first()
    if member is None:
        _end(reminder, timezone.now())
        return
    try:
        with changes(member) as record:
            # The project's lock puts the processes in order: whoever comes second finds it done.
            fresh = Reminder.objects.select_related("for_whom").filter(pk=reminder.pk, done_at=None).first()
            if fresh is not None:
                _post(record, member, fresh)
    except Gone:
        _end(reminder, timezone.now())


def _post(record: Recorder, member: Membership, reminder: Reminder) -> None:
    whom = reminder.for_whom
    still_here = Membership.objects.filter(project=record.project, user=whom, user__is_active=True)
    if whom is None or still_here.exists():
        event = post_message(member, _text(reminder), nonce=uuid5(reminder.nonce, "its moment"))
        event.details["reminder"] = (
            True  # it is news to its author, too; the event is stored when the block ends
        )
    _end(reminder, record.at)


def _text(reminder: Reminder) -> str:
    """What is posted: its author's words as Markdown, and the titles of its tasks as they are, where there is room."""
    rows = Task.objects.filter(project=reminder.project_id, number__in=reminder.tasks)
    titles = {number: quoted(title) for number, title in rows.values_list("number", "title")}
    tasks = ", ".join(f"#{number} {titles.get(number, '')}".strip() for number in reminder.tasks)
    begin = f"Reminder for @{reminder.for_whom.handle if reminder.for_whom else HERE}: "
    text = begin + ": ".join(filter(None, [tasks, reminder.text]))
    return text if len(text) <= LENGTH else begin + reminder.words


def _end(reminder: Reminder, at: datetime) -> None:
    Reminder.objects.filter(pk=reminder.pk, done_at=None).update(done_at=at)
