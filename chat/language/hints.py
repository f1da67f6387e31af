"""What the composer can suggest while a line is typed: the signs of tokens, and the words that have a meaning."""

from collections.abc import Sequence
from datetime import datetime

from chat.language.dates import When, seek_date
from chat.language.datewords import WEEKDAY_NAMES
from chat.language.filters import STATES
from chat.language.priorities import PRIORITIES
from chat.language.tokens import TOKENS
from chat.language.tongue import ENGLISH, Tongue

# Of which kinds there is something to choose; the page knows people, labels, columns and tasks, the rest is words.
CHOICES = frozenset(
    {
        "task",
        "person",
        "label",
        "column",
        "command",
        "priority",
        "date",
        "repeat",
        "estimate",
        "state",
        "query",
    }
)
SIGNS = {prefix: token.choices for prefix, token in TOKENS.items()} | {"is:": "state"}
WORDS: dict[str, Sequence[str]] = {
    "priority": PRIORITIES,
    "repeat": ("day", "weekday", "week", "month", "year", *(name.lower() for name in WEEKDAY_NAMES)),
    "estimate": ("30m", "1h", "2h", "4h", "1d", "2d", "1w", "1pt", "2pt", "3pt", "5pt", "8pt"),
    "state": STATES,
    "query": [f"is:{state}" for state in STATES],
}
DATES = (
    "today", "tomorrow", *(name.lower() for name in WEEKDAY_NAMES),
    "weekend", "next week", "next month", "end of week", "end of month", "in 3 days", "in 2 weeks", "none",
)  # fmt: skip


def shown(when: When | None) -> str:
    """A date as people read it: "Fri 27 Nov", with the year where it is another one than the reader expects."""
    if when is None:
        return "no date"
    return f"{when.day:%a} {when.day.day} {when.day:%b}" + (f", {when.at:%H:%M}" if when.at else "")


def trailing_date(
    words: Sequence[str], now: datetime, tongue: Tongue = ENGLISH
) -> tuple[int, str, When] | None:
    """The date that the last of some words are: how many words, as what they can be typed, and what they mean.

    A title keeps such words; this is for an offer. There is none for "Sam" alone, who in French is a Saturday as well.
    """
    for count in range(min(5, len(words) - 1), 0, -1):
        last = list(words[-count:])
        bare = last[1:] if count > 1 and last[0].casefold() in {"due", "by", "on"} else last
        phrase = " ".join(bare).rstrip(",;:.!?)")
        when = seek_date(phrase, now, tongue)
        if when is not None and not (count == 1 and tongue.is_short_day(phrase)):
            return count, f'due:"{phrase}"' if " " in phrase else f"due:{phrase}", when
    return None
