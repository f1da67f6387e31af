"""Rules by which something comes again: how they are written, what they mean, and which day is the next.

A rule is kept as one short text: "day", "weekday", "2 weeks", "mon,thu", "month". Where a month is too short for the day
it began with, the rule remembers that day: "month/31".
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from math import ceil

UNITS = ("day", "week", "month", "year")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = (*UNITS, "weekday", *WEEKDAYS)
MOST = 999  # units
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED = re.compile(r"(\d{1,9}) ?(d|days?|w|weeks?|months?|y|years?)", re.ASCII)


def read_rule(text: str) -> str | None:
    """The rule that `text` writes, or None where it writes none: "2w" is "2 weeks", "Thu, mon" is "mon,thu"."""
    words = " ".join(text.casefold().split())
    if words in UNITS or words == "weekday":
        return words
    if counted := _COUNTED.fullmatch(words):
        count, unit = int(counted[1]), next(each for each in UNITS if each[0] == counted[2][0])
        if not 1 <= count <= MOST:
            return None
        return unit if count == 1 else f"{count} {unit}s"
    places = {_weekday(name.strip()) for name in words.split(",")}
    known = sorted(place for place in places if place is not None)
    return ",".join(WEEKDAYS[place] for place in known) if None not in places else None


def _weekday(name: str) -> int | None:
    for names in (WEEKDAYS, _FULL):
        if name in names:
            return names.index(name)
    return None


def written(rule: str) -> str:
    """The rule as somebody would type it."""
    return rule.partition("/")[0]


def said(rule: str) -> str:
    """The rule in a sentence: "every 2 weeks", "every Mon and Thu"."""
    days = [name.title() for name in written(rule).split(",") if name in WEEKDAYS]
    if days:
        return f"every {' and '.join(filter(None, [', '.join(days[:-1]), days[-1]]))}"
    return f"every {written(rule)}"


def first_day(rule: str, today: date) -> date | None:
    """The next day that the rule itself names, never today; None where it only says how far apart the days are."""
    if rule and (rule == "weekday" or rule.split(",", maxsplit=1)[0] in WEEKDAYS):
        return next_day(rule, today)[0]
    return None


def next_day(rule: str, day: date, earliest: date | None = None) -> tuple[date, str]:
    """The first day by the rule that comes after `day`, and not before `earliest`; and the rule that goes on from there.

    Raises `ValueError` or `OverflowError` at the end of the calendar.
    """
    name, _, begun = rule.partition("/")
    earliest = max(earliest or day, day + timedelta(days=1))
    if name == "weekday" or name.split(",")[0] in WEEKDAYS:
        wanted = range(5) if name == "weekday" else {WEEKDAYS.index(each) for each in name.split(",")}
        ahead = next(ahead for ahead in range(7) if (earliest.weekday() + ahead) % 7 in wanted)
        return earliest + timedelta(days=ahead), rule
    count, unit = _counted(name)
    if unit in {"day", "week"}:
        step = count * (7 if unit == "week" else 1)
        return day + timedelta(days=step * ceil((earliest - day).days / step)), rule
    return _months_later(name, day, count * (12 if unit == "year" else 1), int(begun or 0), earliest)


def _counted(name: str) -> tuple[int, str]:
    count, _, unit = name.rpartition(" ")
    return int(count or 1), unit.removesuffix("s")


def _months_later(name: str, day: date, months: int, begun: int, earliest: date) -> tuple[date, str]:
    is_last = day.day == monthrange(day.year, day.month)[1]
    wanted = (
        begun if is_last and begun > day.day else day.day
    )  # who has chosen another day meanwhile means that day
    ahead = (earliest.year - day.year) * 12 + earliest.month - day.month
    times = max(1, ahead // months)
    if _day_in(day, months * times, wanted) < earliest:
        times += 1
    found = _day_in(day, months * times, wanted)
    return found, f"{name}/{wanted}" if wanted > found.day else name


def _day_in(day: date, months: int, wanted: int) -> date:
    """The day with this number, or the last one, of the month that is so many later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))
