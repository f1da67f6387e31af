"""References to tasks."""

import pytest


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("12", [12]),
        ("#12 web-13 WEB-14", [12, 13, 14]),
        ("12,13,14", [12, 13, 14]),
        ("12, 13 & 14", [12, 13, 14]),
        ("12 and 12", [12]),
        ("10..12 40", [10, 11, 12, 40]),
        ("12..10", [10, 11, 12]),
        ("#10…#12", [10, 11, 12]),
        ("WEB-10..WEB-12", [10, 11, 12]),
        ("^ last", [17]),
        ("(12", None),
        ("12?!", [12]),
        ("\uff11\uff12", [12]),
    ],
)
def test_they_are_written_in_many_ways(typed, refs, read) -> None:
    understood = read(f"/done {typed}")
    assert (understood["script"][0]["refs"] if "script" in understood else None) == refs


@pytest.mark.parametrize("typed", ["0", "99", "-1", "+3", "##12", "41", "9" * 5000, "99..101", "#00000"])
def test_a_number_of_no_task_is_unknown(typed, read) -> None:
    assert read(f"/done {typed}")["refused"] == "unknown_task"


def test_another_projects_key_is_told_apart_from_a_word(read) -> None:
    assert read("/done ABC-12")["message"] == "ABC-12 belongs to another project."
    assert read("/done ABC-10..12")["refused"] == "wrong_project"
    assert read("/done WEB-10..ABC-12")["refused"] == "wrong_project"
    assert read("/done covid-19")["message"] == 'There is no task "covid-19" in this project.'


def test_an_item_of_a_task_is_told_from_the_task(arguments) -> None:
    assert arguments("/done 12.2") == {"refs": [], "parts": ["12.2"]}
    assert arguments("/reopen 12.2, 13 and 12.3, 12.2") == {"refs": [13], "parts": ["12.2", "12.3"]}


def test_an_item_where_only_tasks_will_do(read) -> None:
    refused = read("/archive 12.2")
    assert refused["message"] == "#12.2 is an item, and this takes whole tasks. Type #12 for the task."
    assert refused["suggestions"] == ["#12"]
    assert read("/done 99.1")["message"] == "There is no task #99 in this project."


def test_there_is_a_limit_to_them(read) -> None:
    assert len(read("/done 1..25")["script"][0]["refs"]) == 25
    assert read("/done 1..26")["message"] == "26 tasks at once; the limit is 25."
    assert read("/done 1..25, 26")["refused"] == "too_many"
    assert read("/done" + 200 * " 12") == {"script": [{"command": "done", "refs": [12]}]}
    assert read("/done" + 2000 * " 12")["message"] == "2,000 words that name tasks; the limit is 250."
    assert read("/done 1..999999999")["message"] == "999,999,999 tasks at once; the limit is 25."


@pytest.mark.parametrize("typed", ["12,13 New", "12..14 New"])
def test_where_one_is_meant_several_are_refused(typed, read) -> None:
    assert read(f"/rename {typed}")["message"].endswith("tasks at once; the limit is 1.")


def test_before_a_value_they_end_where_the_value_may_begin(arguments) -> None:
    assert arguments("/due 12 13 nov") == {"refs": [12], "due": "2027-11-13"}
    assert arguments("/due 12, 13 fri") == {"refs": [12, 13], "due": "2026-11-20"}
    assert arguments("/due 12 #13 fri") == {"refs": [12, 13], "due": "2026-11-20"}
    assert arguments("/rename 12 13 monkeys") == {"refs": [12], "title": "13 monkeys"}


def test_a_title_finds_its_task_only_when_it_is_whole(read) -> None:
    assert read("/done  FIX  Login page")["script"] == [{"command": "done", "refs": [12]}]
    partly = read("/done login page")
    assert (partly["refused"], partly["suggestions"]) == ("unknown_task", ["/done 12", "/done 13"])
    mistyped = read("/done fix logn page")
    assert (mistyped["refused"], mistyped["suggestions"]) == ("unknown_task", ["/done 12"])


def test_what_was_understood_is_told_from_what_was_not(read) -> None:
    refused = read("/done 12; drop table")
    assert refused["message"] == 'I understood #12 but not "; drop table".'
    assert read("/done 12 and")["message"] == 'I understood #12 but not "and".'
    assert read("/done 12\n\nthanks")["message"] == 'I understood #12 but not "thanks".'
    assert read("/done 12\n\nthanks")["line"] == 3
