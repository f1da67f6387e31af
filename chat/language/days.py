"""Counting days, months and years."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chat.language.words import clipped
from workspace.sentences import Sentence, together

YEARS = 50  # a date further away than this, in either direction, is a slip of the finger
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class When:
    """A day, or a minute of it, in the author's time zone."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        return f"{self.day}T{self.at:%H:%M}" if self.at else str(self.day)


class BadDate(Exception):
    """Words that are no date. `suggestions` are words that are one."""

    def __init__(self, message: str, code: str = "bad_date", suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.code, self.suggestions = message, code, suggestions


class NotADate(BadDate):
    """Words that mean no day at all, not even one that the calendar lacks."""


def not_a_date(words: str, suggestions: Sequence[str] = ()) -> NotADate:
    """The refusal of words that mean no day."""
    message = Sentence('"{words}" is not a date.', words=clipped(words))
    if not suggestions:
        message = together(message, Sentence("Try fri, 27 nov or 2026-11-27."))
    return NotADate(message, suggestions=suggestions)


def too_far(words: str) -> BadDate:
    """The refusal of a date that nobody plans for."""
    return BadDate(Sentence('"{words}" is more than {years} years away.', words=clipped(words), years=YEARS))


def _no_month(month: int) -> BadDate:
    return BadDate(Sentence("There is no month {month}.", month=month))


def day_of(year: int, month: int, day: int) -> date:
    """The date, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise _no_month(month) from None
        raise BadDate(
            Sentence(
                "There is no {day} {name} in {year}.",
                day=day,
                name=Sentence(MONTH_NAMES[month - 1]),
                year=year,
            )
        ) from None


def next_yearly(day: int, month: int, today: date) -> date:
    """The next such day, today included; 29 February may be years away."""
    if not 1 <= month <= 12:
        raise _no_month(month)
    for year in range(today.year, today.year + 9):
        if 1 <= day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= today:
            return found
    raise BadDate(Sentence("There is no {day} {name}.", day=day, name=Sentence(MONTH_NAMES[month - 1])))


def next_monthly(day: int, today: date) -> date:
    """The next month's day with this number, today included; not every month has a 31st."""
    for months in range(3):
        first = add_months(today.replace(day=1), months)
        if 1 <= day <= monthrange(first.year, first.month)[1] and (found := first.replace(day=day)) >= today:
            return found
    raise BadDate(Sentence("No month has a day {day}.", day=day))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def later(now: datetime, count: int, unit: str) -> When:
    """The moment `count` days, weeks, months, hours or minutes from now; `unit` is told by how it starts."""
    words = f"{count} {unit}"
    if count > YEARS * 366 * 24 * 60:
        raise too_far(words)
    if unit.startswith("mo"):
        return When(near(add_months(now.date(), min(count, YEARS * 13)), now.date(), words))
    if unit[0] in "dw":
        days = count * (7 if unit[0] == "w" else 1)
        return When(near(now.date() + timedelta(days=min(days, YEARS * 400)), now.date(), words))
    moment = _after(now, timedelta(hours=count) if unit[0] == "h" else timedelta(minutes=count))
    return When(near(moment.date(), now.date(), words), moment.time().replace(second=0, microsecond=0))


def near(day: date, today: date, words: str) -> date:
    """`day`, if it is no further away than anybody plans."""
    if abs(day.year - today.year) > YEARS:
        raise too_far(words)
    return day


def _after(now: datetime, delta: timedelta) -> datetime:
    # Two hours are two hours, also in the night when the clocks change.
    return (now.astimezone(UTC) + delta).astimezone(now.tzinfo) if now.tzinfo else now + delta


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC, where its zone is known: on a clock that is put back, a later moment may read less."""
    return moment.astimezone(UTC) if moment.tzinfo else moment
