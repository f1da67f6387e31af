"""Where one meaning ends and the next begins: the moment that is now, the first and the last of a range, nothing at all."""

from datetime import datetime

import pytest

from chat.language import Query, parse, parse_query
from chat.language.dates import read_date
from chat.language.estimates import read_estimate
from chat.language.hints import trailing_date

NOW = datetime(2026, 11, 19, 15, 30)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("15:31", "2026-11-19T15:31"),
        ("15:30", "2026-11-20T15:30"),
        ("1st", "2026-12-01"),
        ("19th", "2026-11-19"),
        ("18th", "2026-12-18"),
        ("1 dec", "2026-12-01"),
        ("30 nov", "2026-11-30"),
    ],
)
def test_today_counts_and_this_minute_is_over(typed: str, means: str) -> None:
    assert str(read_date(typed, NOW)) == means


def test_a_reason_is_a_few_words(read, arguments) -> None:
    assert arguments("/block 12 " + "x" * 200)["reason"] == "x" * 200
    assert read("/block 12 " + "x" * 201)["refused"] == "too_long"


def test_a_task_is_blocked_by_tasks_or_by_a_reason_and_by_is_no_reason(arguments) -> None:
    assert arguments("/block 12 by 9")["by"] == [9]
    assert arguments("/block 12 by Ana's holiday")["reason"] == "by Ana's holiday"
    assert arguments("/block 12 at 9")["reason"] == "at 9"


@pytest.mark.parametrize("typed", ["0pt", "0.0p", "0h", "0m", "0d0h"])
def test_nothing_is_no_estimate(typed: str) -> None:
    assert read_estimate(typed) is None
    assert read_estimate(typed.replace("0", "1")) is not None


@pytest.mark.parametrize(
    ("title", "offer"),
    [
        ("Ship it by friday", (2, "due:friday")),
        ("Ship it on friday.", (2, "due:friday")),
        ("Ship it due next week", (3, 'due:"next week"')),
        ("Ship it friday", (1, "due:friday")),
        ("Ship at friday", (1, "due:friday")),
        ("Stand by", None),
        ("Stand by none", None),
        ("friday", None),
    ],
)
def test_the_end_of_a_title_is_offered_as_its_date(title: str, offer) -> None:
    found = trailing_date(title.split(), NOW)
    assert (found and found[:2]) == offer


def test_a_query_knows_what_it_asks_for(context) -> None:
    query = parse_query("is:archived -@bob\nlogin", context)
    assert isinstance(query, Query)
    assert query.asks("is")
    assert query.asks("is", "archived")
    assert query.asks("assignee", "bob")
    assert not query.asks("is", "done")
    assert not query.asks("label")
    assert query.text == "login"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("/unlabel 12 nothing", "bad_label"),
        ("/done 99", "unknown_task"),
        ("/block 12.3 by 9", "unknown_task"),
        ("/task x every:blue", "bad_repeat"),
    ],
)
def test_each_mistake_has_the_code_of_its_kind(read, typed: str, code: str) -> None:
    assert read(typed)["refused"] == code


def test_examples_are_given_where_nothing_is_near(read) -> None:
    assert "Try every:week" in read("/task x every:blue")["message"]
    assert "Try every:week" not in read("/task x every:weeek")["message"]
    assert read("/task x every:weeek")["suggestions"]


def test_a_name_of_two_words_is_proposed_in_quotes_where_it_needs_them(context) -> None:
    assert parse("/task x >in", context).fixes == ['/task x >"In progress"', '/task x >"In review"']
    assert parse("/task x >d", context).as_dict()["script"][0]["column"] == "Done"
    assert parse("/move 12 in", context).fixes == ["/move 12 In progress", "/move 12 In review"]
