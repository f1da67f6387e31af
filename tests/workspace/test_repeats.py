"""Rules by which something comes again."""

from datetime import date, timedelta

import pytest

from workspace.repeats import first_day, next_day, read_rule, said, written


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("day", "day"),
        ("WEEK", "week"),
        ("weekday", "weekday"),
        ("1d", "day"),
        ("2w", "2 weeks"),
        ("2 weeks", "2 weeks"),
        ("3 months", "3 months"),
        ("10 days", "10 days"),
        ("1 year", "year"),
        ("2y", "2 years"),
        ("Thu,mon", "mon,thu"),
        ("monday, Friday, mon", "mon,fri"),
    ],
)
def test_a_rule_is_kept_in_one_form(text, rule) -> None:
    assert read_rule(text) == rule
    assert read_rule(written(rule)) == rule, "and what is kept can be typed"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0d",
        "1000 days",
        "99999999999d",
        "2m",
        "3h",
        "mon,",
        "mon,x",
        "fortnight",
        "-1 day",
        "٣d",
        "month/31",
    ],
)
def test_what_is_no_rule(text) -> None:
    assert read_rule(text) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [("day", "every day"), ("2 weeks", "every 2 weeks"), ("mon", "every Mon"), ("mon,wed,fri", "every Mon, Wed and Fri"),
     ("weekday", "every weekday"), ("month/31", "every month")],
)  # fmt: skip
def test_it_is_said_in_words(rule, words) -> None:
    assert said(rule) == words


def days(rule: str, start: date, count: int) -> list[str]:
    found, day = [], start
    for _ in range(count):
        day, rule = next_day(rule, day)
        found.append(f"{day:%a %d %b %y}")
    return found


THURSDAY = date(2026, 11, 19)


def test_days_and_weeks() -> None:
    assert days("day", THURSDAY, 2) == ["Fri 20 Nov 26", "Sat 21 Nov 26"]
    assert days("2 weeks", THURSDAY, 2) == ["Thu 03 Dec 26", "Thu 17 Dec 26"]
    assert days("weekday", THURSDAY, 3) == ["Fri 20 Nov 26", "Mon 23 Nov 26", "Tue 24 Nov 26"]
    assert days("mon,thu", THURSDAY, 3) == ["Mon 23 Nov 26", "Thu 26 Nov 26", "Mon 30 Nov 26"]


def test_a_month_that_is_too_short_does_not_change_the_day_for_ever() -> None:
    assert days("month", date(2027, 1, 31), 4) == [
        "Sun 28 Feb 27",
        "Wed 31 Mar 27",
        "Fri 30 Apr 27",
        "Mon 31 May 27",
    ]
    assert days("year", date(2028, 2, 29), 4)[0::3] == ["Wed 28 Feb 29", "Sun 29 Feb 32"]
    assert days("month", date(2027, 2, 28), 1) == ["Sun 28 Mar 27"], "the 28th was meant"
    assert next_day("month/31", date(2027, 2, 10)) == (date(2027, 3, 10), "month"), "moved by hand"


@pytest.mark.parametrize(
    "rule", ["day", "3 days", "2 weeks", "weekday", "mon,thu", "month", "5 months", "year", "2 years"]
)
@pytest.mark.parametrize("begin", [THURSDAY, date(2027, 1, 31), date(2028, 2, 29)])
def test_a_leap_to_a_day_arrives_where_single_steps_do(rule, begin) -> None:
    day, stepped = next_day(rule, begin)
    for ahead in range(0, 2_500, 7):
        earliest = begin + timedelta(days=ahead)
        while day < earliest:
            day, stepped = next_day(stepped, day)
        assert next_day(rule, begin, earliest) == (day, stepped)


def test_the_calendar_ends() -> None:
    for rule in ("day", "month", "year", "mon"):
        with pytest.raises((ValueError, OverflowError)):
            next_day(rule, date(9999, 12, 31))


def test_only_a_rule_with_weekdays_names_its_first_day() -> None:
    assert first_day("mon,thu", THURSDAY) == date(2026, 11, 23)
    assert first_day("weekday", THURSDAY) == date(2026, 11, 20)
    for rule in ("", "week", "3 days"):
        assert first_day(rule, THURSDAY) is None
