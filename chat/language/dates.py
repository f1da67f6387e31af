"""Dates and times as people type them: a closed grammar of at most 40 characters, never a guess out of prose.

A bare weekday is the next such day, never today; "next friday" is the Friday of next week (weeks start on Monday);
a date without a year is the next such date; a time alone is the next such time.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from chat.language.datewords import DAYS, KNOWN, MONTHS, WEEKDAY_NAMES, WEEKDAYS
from chat.language.days import (
    BadDate,
    NotADate,
    When,
    day_of,
    later,
    near,
    next_monthly,
    next_yearly,
    not_a_date,
)
from chat.language.nearest import nearest
from chat.language.times import read_time
from chat.language.tongue import ENGLISH, Tongue
from workspace.sentences import Sentence

__all__ = ["BadDate", "When", "date_in_english", "read_date", "seek_date"]

LONGEST = 40


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_TIME = _shape(
    r"(?:(?P<day>(?!at\s)\S.*?)(?:\s?@\s?|\s))?(?:at\s)?"
    r"(?P<time>noon|midnight|\d{1,2}(?::\d\d)?\s?[ap]m|\d{1,2}:\d\d)"
)
_OFFSET = _shape(
    r"(?:in\s|\+\s?)?(?P<count>\d{1,9})\s?(?P<unit>d|days?|w|weeks?|months?|h|hours?|m|min|minutes?)"
)


def read_date(text: str, now: datetime, tongue: Tongue = ENGLISH) -> When | None:
    """The moment that `text` names, or None for "none". Raises `BadDate`."""
    return date_in_english(text, now, tongue)[0]


def date_in_english(text: str, now: datetime, tongue: Tongue) -> tuple[When | None, str]:
    """As `read_date`, and the English words for a date that is written in another tongue. Raises `BadDate`."""
    try:
        return _in_either(text, now, tongue)
    except BadDate as problem:
        if len(text) > LONGEST or problem.suggestions or not (mended := _mended(_normal(text), now, tongue)):
            raise
        raise not_a_date(text, [mended]) from None


def seek_date(text: str, now: datetime, tongue: Tongue = ENGLISH) -> When | None:
    """The moment that `text` names, if it names one. Nothing is proposed, so that many texts can be tried."""
    try:
        return _in_either(text, now, tongue)[0]
    except BadDate:
        return None


def _in_either(text: str, now: datetime, tongue: Tongue) -> tuple[When | None, str]:
    if len(text) > LONGEST:
        raise not_a_date(text)
    words = _normal(text)
    try:
        return _read(words, now), ""
    except BadDate:
        english = tongue.date(text)
        if not english or english == words:
            raise
        try:
            return _read(english, now), english
        except NotADate:
            pass  # its words are half English by now: nobody has typed them
        raise


def _normal(text: str) -> str:
    spaced = " ".join(text.casefold().split())
    # due:next-friday and due:27-nov, where no space can stand
    return re.sub(r"(?<=[a-z])[-_](?=[a-z0-9])|(?<=[a-z0-9])[-_](?=[a-z])", " ", spaced)


def _mended(words: str, now: datetime, tongue: Tongue) -> str:
    """`words` with each unknown one replaced by the nearest that the grammar knows, if a date comes out of it."""
    every = [*KNOWN, *tongue.dates]
    known = [word if word in every else next(iter(nearest(word, every)), word) for word in words.split()]
    mended = " ".join(known)
    for text in (mended, tongue.date(mended)):
        try:
            return mended if text and _read(text, now) else ""
        except BadDate:
            continue
    return ""


def _read(words: str, now: datetime) -> When | None:
    if words == "none":
        return None
    if offset := _OFFSET.fullmatch(words):
        return later(now, int(offset["count"]), offset["unit"])
    split = _TIME.fullmatch(words)
    if not split:
        return When(_day(words, now.date()))
    at = read_time(split["time"])
    if split["day"]:
        return When(_day(split["day"], now.date()), at)
    return When(now.date() + timedelta(days=at <= now.time()), at)


def _day(words: str, today: date) -> date:
    if words in DAYS:
        return DAYS[words](today)
    for shape, read in _SHAPES:
        if found := shape.fullmatch(words):
            return near(read(found, today), today, words)
    raise not_a_date(words)


def _weekday(found: re.Match[str], today: date) -> date:
    if (wanted := WEEKDAYS.get(found["name"])) is None:
        raise not_a_date(found[0])
    monday = today - timedelta(days=today.weekday())
    if found["which"] == "next":
        return monday + timedelta(days=7 + wanted)
    if found["which"] == "this":
        return _not_over(monday + timedelta(days=wanted), today)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _not_over(day: date, today: date) -> date:
    if day < today:
        name = WEEKDAY_NAMES[day.weekday()]
        raise BadDate(
            Sentence("This week's {name} is over.", name=Sentence(name)),
            "past_date",
            [f"next {name.lower()}"],
        )
    return day


def _iso(found: re.Match[str], _: date) -> date:
    return day_of(int(found[1]), int(found[2]), int(found[3]))


def _numbers(found: re.Match[str], today: date) -> date:
    return _dated(int(found["day"]), int(found["month"]), found["year"], today)


def _named(found: re.Match[str], today: date) -> date:
    if (month := MONTHS.get(found["month"])) is None:
        raise not_a_date(found[0])
    return _dated(int(found["day"]), month, found["year"], today)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    return day_of(int(year), month, day) if year else next_yearly(day, month, today)


def _ordinal(found: re.Match[str], today: date) -> date:
    return next_monthly(int(found[1]), today)


def _slashed(found: re.Match[str], today: date) -> date:
    """12/01 is January to some and December to others: never read, always asked."""
    readings: list[str] = []
    for day, month in ((found[1], found[2]), (found[2], found[1])):
        try:
            reading = str(_dated(int(day), int(month), found[3], today))
        except BadDate:
            continue
        readings += [reading] * (reading not in readings)
    if len(readings) < 2:
        raise not_a_date(found[0], readings)
    raise BadDate(Sentence('"{found}" can be read two ways.', found=found[0]), "ambiguous_date", readings)


_SHAPES: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]] = [
    (_shape(r"(?:(?P<which>next|this)\s)?(?P<name>[a-z]+)"), _weekday),
    (_shape(r"(\d{4})-(\d\d?)-(\d\d?)"), _iso),
    (_shape(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.?(?P<year>\d{4})?"), _numbers),
    (_shape(r"(?:the\s)?(\d\d?)(?:st|nd|rd|th)"), _ordinal),
    (
        _shape(r"(?P<day>\d\d?)(?:st|nd|rd|th)?\.?\s?(?:of\s)?(?P<month>[a-z]+)(?:,?\s(?P<year>\d{4}))?"),
        _named,
    ),
    (_shape(r"(?P<month>[a-z]+)\s?(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{4}))?"), _named),
    (_shape(r"(\d\d?)/(\d\d?)(?:/(\d{4}))?"), _slashed),
]
