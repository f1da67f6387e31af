from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from chat.commands.call import Call
from chat.commands.outcomes import Answer
from chat.commands.registry import command
from chat.models import Reminder
from chat.reminders import cancel_reminder, pending, set_reminder


@command("/remind [when and what]", aliases=["reminder"], group="people", ability="talk", is_private=True)
def remind(call: Call) -> Answer:
    """Be reminded here, at a moment that you name; only you see this until then.

    /remind me tomorrow at 9am to call Ana
    /remind me call Ana tomorrow
    /remind 12 fri
    /remind here 17:00 to close the windows
    /remind list
    /remind cancel 3
    """
    typed = call.arguments
    if "items" in typed:
        reminder = cancel_reminder(call.member, typed["items"][0])
        return _shown("cancelled", call, [reminder])
    if "at" not in typed:
        return _shown("list", call, pending(call.member))
    reminder = set_reminder(
        call.member,
        for_whom=call.reminded,
        at=call.moment,
        text=typed.get("text", ""),
        tasks=typed.get("refs", []),
        nonce=call.nonce,
    )
    return _shown(_became(reminder), call, [reminder])


def _became(reminder: Reminder) -> str:
    """What has become of a reminder meanwhile, where the message that set it is sent once more."""
    if reminder.done_at is None:
        return "set"
    return "cancelled" if reminder.done_at < reminder.at else "over"


def _shown(what: str, call: Call, reminders: list[Reminder]) -> Answer:
    zone = call.now.tzinfo
    rows: list[dict[str, Any]] = [
        {
            "number": each.number,
            "for": each.for_whom.handle if each.for_whom else "here",
            "at": each.at.astimezone(zone).isoformat(),
            "when": _when(each.at.astimezone(zone)),
            "text": each.words,
        }
        for each in reminders
    ]
    return Answer.shown("reminders", {"what": what, "reminders": rows, "me": call.member.user.handle})


def _when(moment: datetime) -> str:
    day, time = date_format(moment, "D j M Y"), f"{moment:%H:%M}"
    return gettext("{day} at {time}").format(day=day, time=time)
