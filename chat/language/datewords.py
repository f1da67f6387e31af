"""The words that dates are made of."""

from collections.abc import Callable
from datetime import date, timedelta

from chat.language.days import MONTH_NAMES, add_months

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRIDAY, SATURDAY = 4, 5


def _by_name(names: tuple[str, ...], first: int) -> dict[str, int]:
    return {
        word: number for number, name in enumerate(names, first) for word in (name.lower(), name.lower()[:3])
    }


WEEKDAYS = _by_name(WEEKDAY_NAMES, 0) | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
MONTHS = _by_name(MONTH_NAMES, 1) | {"sept": 9}


def _in_days(days: int) -> Callable[[date], date]:
    return lambda today: today + timedelta(days=days)


def _next_week(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _next_month(today: date) -> date:
    return add_months(today.replace(day=1), 1)


def _weekend(today: date) -> date:
    return max(today, today + timedelta(days=SATURDAY - today.weekday()))


def _end_of_week(today: date) -> date:
    """The Friday of this week; at the weekend, that of the next."""
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


def _end_of_month(today: date) -> date:
    return _next_month(today) - timedelta(days=1)


DAYS: dict[str, Callable[[date], date]] = {
    "today": _in_days(0),
    "tomorrow": _in_days(1),
    "tmr": _in_days(1),
    "yesterday": _in_days(-1),
    "day after tomorrow": _in_days(2),
    "next week": _next_week,
    "next month": _next_month,
    "weekend": _weekend,
    "eow": _end_of_week,
    "end of week": _end_of_week,
    "eom": _end_of_month,
    "end of month": _end_of_month,
}
KNOWN = sorted(
    {word for phrase in DAYS for word in phrase.split()} | {"this", "at", "noon", "midnight", "none"}
)
KNOWN += [*WEEKDAYS, *MONTHS]
