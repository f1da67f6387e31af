"""What the page is told beforehand, in the tongue of who reads it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import override

from accounts.tongues import ENGLISH, told
from chat.language import When, hints
from chat.language.dates import read_date
from chat.language.tongues import tongue_called


def when_told(when: When | None, tongue: str) -> str:
    """A date as people read it: "Fri 27 Nov"."""
    if tongue == ENGLISH or when is None:
        return told(hints.shown(when), tongue)
    with override(tongue):
        return date_format(when.day, "D j M") + (f", {when.at:%H:%M}" if when.at else "")


def dates_told(now: datetime, tongue: str) -> list[tuple[str, str]]:
    """The words for dates that people use most, each with the day that it means now: those of the tongue, then English."""
    own = tongue_called(tongue)
    words = [(word, read_date(word, now, own)) for word in (*own.suggested, *hints.DATES)]
    return [(word, when_told(when, tongue)) for word, when in words]


def words_told(tongue: str) -> dict[str, Sequence[str]]:
    """The words that can be chosen, those of the tongue first."""
    own = tongue_called(tongue)
    return hints.WORDS | {
        "priority": [*own.priorities, *hints.WORDS["priority"]],
        "repeat": [*(word for word in own.repeats if len(word) > 3), *hints.WORDS["repeat"]],
    }
