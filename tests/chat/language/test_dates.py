"""Dates, read on Thursday 19 November 2026 at 15:30."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chat.language.dates import BadDate, read_date, seek_date
from chat.language.tongues import tongue_called

NOW = datetime(2026, 11, 19, 15, 30)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("today", "2026-11-19"),
        ("Tomorrow", "2026-11-20"),
        ("tmr", "2026-11-20"),
        ("yesterday", "2026-11-18"),
        ("day after tomorrow", "2026-11-21"),
        ("fri", "2026-11-20"),
        ("thursday", "2026-11-26"),
        ("this thursday", "2026-11-19"),
        ("next thurs", "2026-11-26"),
        ("next friday", "2026-11-27"),
        ("next-friday", "2026-11-27"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("weekend", "2026-11-21"),
        ("eow", "2026-11-20"),
        ("end of month", "2026-11-30"),
        ("2026-12-24", "2026-12-24"),
        ("24.12.", "2026-12-24"),
        ("24.12.2027", "2027-12-24"),
        ("1.2.", "2027-02-01"),
        ("19 nov", "2026-11-19"),
        ("18 nov", "2027-11-18"),
        ("18-nov", "2027-11-18"),
        ("December 24", "2026-12-24"),
        ("24th of december 2027", "2027-12-24"),
        ("dec 24th, 2027", "2027-12-24"),
        ("29 feb", "2028-02-29"),
        ("15th", "2026-12-15"),
        ("the 31st", "2026-12-31"),
        ("17:00", "2026-11-19T17:00"),
        ("9am", "2026-11-20T09:00"),
        ("noon", "2026-11-20T12:00"),
        ("12 am", "2026-11-20T00:00"),
        ("midnight", "2026-11-20T00:00"),
        ("fri 5pm", "2026-11-20T17:00"),
        ("fri@17:00", "2026-11-20T17:00"),
        ("27.11. at 9:30 am", "2026-11-27T09:30"),
        ("in 3 days", "2026-11-22"),
        ("+2w", "2026-12-03"),
        ("3 months", "2027-02-19"),
        ("in 2 hours", "2026-11-19T17:30"),
        ("+45min", "2026-11-19T16:15"),
    ],
)
def test_a_date_is_read(typed, means) -> None:
    assert str(read_date(typed, NOW)) == means


def test_none_is_no_date() -> None:
    assert read_date("none", NOW) is None


@pytest.mark.parametrize(
    "typed",
    [
        "", "someday", "31 feb", "30.2.", "0.1.", "99.99.", "2026-13-01", "2026-02-30", "25:00", "13pm", "0am", "9",
        "12:60", "+99999d", "in 999999999 hours", "1 jan 1900", "2200-01-01", "32nd", "0th", "fri sat", "next",
        "tomorrow and tomorrow", "fri fri@17:00", "x" * 41, "٣ days ago",
    ],
)  # fmt: skip
def test_nothing_is_guessed(typed) -> None:
    with pytest.raises(BadDate):
        read_date(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "code", "suggestions"),
    [
        ("12/01", "ambiguous_date", ["2027-01-12", "2026-12-01"]),
        ("12/01/2028", "ambiguous_date", ["2028-01-12", "2028-12-01"]),
        ("13/01", "bad_date", ["2027-01-13"]),
        ("12/12", "bad_date", ["2026-12-12"]),
        ("tomorow", "bad_date", ["tomorrow"]),
        ("next fridy at noon", "bad_date", ["next friday at noon"]),
        ("this monday", "past_date", ["next monday"]),
        ("someday", "bad_date", []),
    ],
)
def test_a_near_miss_proposes_dates_that_are_read(typed, code, suggestions) -> None:
    with pytest.raises(BadDate) as caught:
        read_date(typed, NOW)
    assert (caught.value.code, list(caught.value.suggestions)) == (code, suggestions)
    assert typed in caught.value.message or code == "past_date"
    assert all(read_date(each, NOW) for each in suggestions)


def test_texts_are_tried_as_dates_without_a_mistake() -> None:
    assert str(seek_date("next friday", NOW)) == "2026-11-27"
    assert seek_date("next fridy", NOW) is None
    assert seek_date(f"fri{' ' * 38}", NOW) is None, "as nothing so long is a date"


def test_the_end_of_the_week_is_that_of_the_next_at_the_weekend() -> None:
    saturday = datetime(2026, 11, 21, 9, 0)
    assert str(read_date("eow", saturday)) == "2026-11-27"
    assert str(read_date("weekend", saturday)) == "2026-11-21"


def test_months_are_counted_to_their_last_day() -> None:
    assert str(read_date("in 1 month", datetime(2026, 1, 31, 9, 0))) == "2026-02-28"


def test_two_hours_are_two_hours_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert str(read_date("in 2 hours", before)) == "2026-03-29T04:30"


def test_a_date_has_forty_characters_at_most():
    assert read_date("in 3 days".ljust(40), NOW).day.isoformat() == "2026-11-22"
    with pytest.raises(BadDate):
        read_date("in 3 days".ljust(41), NOW)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("31 dec", "2026-12-31"),
        ("1 jan", "2027-01-01"),
        ("31.12.", "2026-12-31"),
        ("30th", "2026-11-30"),
        ("31st", "2026-12-31"),
    ],
)
def test_the_first_and_the_last_of_a_year_and_of_a_month_are_days(typed: str, means: str):
    assert read_date(typed, NOW).day.isoformat() == means


def test_an_hour_from_now_is_on_the_minute():
    later = read_date("in 1 hour", datetime(2026, 11, 19, 15, 30, 45, 678))
    assert (later.day.isoformat(), later.at.isoformat()) == ("2026-11-19", "16:30:00")


@pytest.mark.parametrize(
    ("typed", "said"), [("2026-12-32", "32 December"), ("2026-01-32", "32 January"), ("2026-13-01", "13")]
)
def test_a_day_that_is_none_is_named(typed: str, said: str):
    with pytest.raises(BadDate, match=said):
        read_date(typed, NOW)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("mañana a las 12 de la noche", "00:00"),
        ("manana a las 12 de la noche", "00:00"),
        ("lunes a las 12:30 de la mañana", "12:30"),
        ("lunes a las 12 de la tarde", "12:00"),
        ("lunes a las 11 de la noche", "23:00"),
        ("lunes a las 11 de la mañana", "11:00"),
    ],
)
def test_twelve_at_night_is_midnight_in_spanish_and_in_the_morning_noon(text, at) -> None:
    when = read_date(text, NOW, tongue_called("es"))
    assert str(when).endswith(f"T{at}")
