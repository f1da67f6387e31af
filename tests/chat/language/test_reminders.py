"""When, and what about. It is Thursday, 19 November 2026, 15:30."""

from dataclasses import replace

import pytest

from chat.language import parse

NINE = "2026-11-20T09:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me tomorrow at 9am to call Ana", {"who": "ana", "at": NINE, "text": "call Ana"}),
        ("me to call Ana tomorrow", {"who": "ana", "at": NINE, "text": "call Ana"}),
        ("call Ana on friday", {"who": "ana", "at": NINE, "text": "call Ana"}),
        ("on friday to call Ana", {"who": "ana", "at": NINE, "text": "call Ana"}),
        ("tomorrow call Ana", {"who": "ana", "at": NINE, "text": "call Ana"}),
        ("@bob in 2 hours to go to town", {"who": "bob", "at": "2026-11-19T17:30", "text": "go to town"}),
        (
            "here 17:00 to close the windows",
            {"who": "here", "at": "2026-11-19T17:00", "text": "close the windows"},
        ),
        ("me day after tomorrow at noon to eat", {"who": "ana", "at": "2026-11-21T12:00", "text": "eat"}),
        ("me call 12 tomorrow 8:00", {"who": "ana", "at": "2026-11-20T08:00", "text": "call 12"}),
        ("12 nov to pay the rent", {"who": "ana", "at": "2027-11-12T09:00", "text": "pay the rent"}),
        ("cancel the order tomorrow", {"who": "ana", "at": NINE, "text": "cancel the order"}),
        ("list what is left tomorrow", {"who": "ana", "at": NINE, "text": "list what is left"}),
        ("#12, 13 tomorrow", {"who": "ana", "at": NINE, "refs": [12, 13]}),
        ("me about last tomorrow", {"who": "ana", "at": NINE, "refs": [17]}),
        ("12 tomorrow to merge it", {"who": "ana", "at": NINE, "text": "merge it", "refs": [12]}),
        ("12 eggs tomorrow", {"who": "ana", "at": NINE, "text": "12 eggs"}),
        ("tomorrow to\n- call Ana\n- write", {"who": "ana", "at": NINE, "text": "- call Ana\n- write"}),
        ("cancel 3", {"items": [3]}),
        ("list", {}),
        ("", {}),
    ],
)
def test_the_ways_to_say_it(arguments, text, expected) -> None:
    assert arguments(f"/remind {text}") == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            "me call Ana",
            "bad_date",
            "There is no time in this. Say when: /remind me tomorrow at 9am to call Ana.",
        ),
        ("me tomorrow", "missing_argument", "What is it about? Try /remind me tomorrow at 9am to call Ana."),
        ("cancel", "missing_argument", "Which reminder? Try /remind cancel 3."),
        ("99 tomorrow", "unknown_task", "There is no task #99 in this project."),
        ("@bobb tomorrow to call", "unknown_user", "There is no member @bobb in this project."),
        ("today to call", "past_date", "2026-11-19 09:00 is over already. Say a later time."),
        ("yesterday to call", "past_date", "2026-11-18 09:00 is over already. Say a later time."),
        ("call Ana 12/01", "ambiguous_date", '"12/01" can be read two ways.'),
        (
            "tomorrow to " + "x" * 2001,
            "too_long",
            "A reminder may have 2,000 characters, and this has 2,001.",
        ),
    ],
)
def test_says_what_is_wrong(read, text, code, message) -> None:
    understood = read(f"/remind {text}")
    assert (understood["refused"], understood["message"]) == (code, message)


def test_a_slip_in_the_date_is_mended(read) -> None:
    assert read("/remind me call Ana tomorow")["suggestions"] == ["tomorrow"]
    assert read("/remind me yesterday to call")["suggestions"] == ["in 1 hour", "tomorrow"]


def test_it_stands_alone_in_its_message(read) -> None:
    assert read("/done 12\n/remind 12 tomorrow")["refused"] == "unexpected_text"


def test_in_the_conversation_of_a_task_it_is_about_the_task(context) -> None:
    there = parse("/remind fri", replace(context, task=12)).as_dict()
    assert there["script"][0]["refs"] == [12]
    assert parse("/remind fri", context).as_dict()["refused"] == "missing_argument"


def test_a_member_comes_before_a_word_for_everybody(context) -> None:
    german = replace(context, tongue="de")
    text = "/remind @hier tomorrow to x"
    assert parse(text, german).as_dict()["script"][0]["who"] == "here"
    there = replace(german, members=["ana", "hier"])
    assert parse(text, there).as_dict()["script"][0]["who"] == "hier"
    assert parse("/remind @here tomorrow to x", there).as_dict()["script"][0]["who"] == "here"
