"""Moments at which people work."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

OPENS, HOURS = time(9), 9
SATURDAY = 5


def working_days_before(now: datetime, days: int) -> datetime:
    """The day that lies so many working days before `now`."""
    day = now
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def moment(text: str, day: datetime, now: datetime) -> datetime:
    """`09:30` of the day, or `-12`: minutes before now."""
    if text.startswith("-"):
        return now + timedelta(minutes=int(text))
    return datetime.combine(day, time.fromisoformat(text), day.tzinfo)


def working_moments(begin: datetime, end: datetime, count: int) -> Iterator[datetime]:
    """`count` moments in order, spread evenly over the working hours from the day of `begin` to that before `end`."""
    days = [begin + timedelta(days=number) for number in range((end.date() - begin.date()).days)]
    days = [day for day in days if day.weekday() < SATURDAY]
    for number in range(count):
        day, part = divmod(number * len(days) / count, 1)
        opens = datetime.combine(days[int(day)], OPENS, begin.tzinfo)
        yield opens + timedelta(seconds=int(part * HOURS * 3600))
