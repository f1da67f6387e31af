"""What the composer is told of a line that is still being typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.commands import handle, preview


@pytest.fixture
def chips(alice, bob, project, run, noon):
    """The words of the chips, each with the part of the text that it stands for."""
    run(alice, "/task Fix login")

    def of(text: str, **more) -> list[tuple[str, str]]:
        shown = preview(alice, text, now=noon, **more)
        lines = text.split("\n")
        return [
            (chip["words"], lines[chip["line"] - 1][chip["start"] : chip["end"]]) for chip in shown["chips"]
        ]

    return of


@pytest.fixture
def noon():
    from datetime import UTC, datetime

    return datetime(2026, 11, 19, 12, tzinfo=UTC)  # a Thursday


def test_each_chip_stands_for_a_part_of_the_line(chips) -> None:
    assert chips('/task Buy paint @me #bug ~2h !1 >done due:"next friday 5pm"') == [
        ("Add a task", "/task"),
        ("“Buy paint”", "Buy paint"),
        ("Alice", "@me"),
        ("bug", "#bug"),
        ("2h", "~2h"),
        ("1", "!1"),
        ("Done", ">done"),
        ("Fri 27 Nov, 17:00", 'due:"next friday 5pm"'),
    ]


def test_a_number_is_shown_with_its_title_and_a_date_with_its_day(chips) -> None:
    assert chips("/due 1 tomorrow") == [
        ("Say when tasks are due", "/due"),
        ("#1 Fix login", "1"),
        ("Fri 20 Nov", "tomorrow"),
    ]
    assert chips("/due 1 none")[-1] == ("no date", "none")


def test_every_line_of_a_script_has_its_chips(chips) -> None:
    assert chips("/task One @bob\n/done 1")[2:] == [
        ("Bob", "@bob"),
        ("Finish tasks", "/done"),
        ("#1 Fix login", "1"),
    ]


def test_a_task_that_is_left_out_is_shown_too(chips) -> None:
    assert ("#1 Fix login", "/due") in chips("/due fri", task=1)


@pytest.mark.parametrize(
    ("text", "value", "means"),
    [
        ("/task Buy paint fri", "due:fri", "Fri 20 Nov"),
        ("/task Buy paint by next friday.", 'due:"next friday"', "Fri 27 Nov"),
        ("/task Buy paint due 27 nov", 'due:"27 nov"', "Fri 27 Nov"),
        ("/task Buy paint tomorrow at 5pm", 'due:"tomorrow at 5pm"', "Fri 20 Nov, 17:00"),
        ("/task One\n/task Two fri", "due:fri", "Fri 20 Nov"),
    ],
)
def test_a_title_that_ends_in_a_date_gets_an_offer(alice, noon, text, value, means) -> None:
    offer = preview(alice, text, now=noon)["offer"]
    assert (offer["value"], offer["words"]) == (value, means)
    line = text.split("\n")[offer["line"] - 1]
    mended = line[: offer["start"]] + offer["value"] + line[offer["end"] :]
    (command,) = preview(alice, mended, now=noon)["script"]
    assert command["title"] in {"Buy paint", "Two"}
    assert command["due"]


@pytest.mark.parametrize(
    "text",
    [
        "/task Fri",
        "/task Buy paint",
        "/task Buy paint none",
        '/task Buy "paint fri"',
        "/task Paint fri due:mon",
    ],
)
def test_where_no_date_can_be_meant_there_is_no_offer(alice, noon, text) -> None:
    assert preview(alice, text, now=noon)["offer"] is None


def test_the_offer_changes_nothing_by_itself(alice, project, noon) -> None:
    from uuid import uuid4

    handle(alice, "/task Buy paint fri", uuid4(), now=noon)
    task = project.tasks.get()
    assert (task.title, task.due_on) == ("Buy paint fri", None)


def test_a_mark_that_is_repeated_costs_one_chip_and_no_query(alice, bob, noon) -> None:
    def queries(text: str) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as asked:
            shown = preview(alice, text, now=noon)
        return len(asked), [chip["words"] for chip in shown["chips"]]

    once = queries("/task x @me @bob #bug")
    assert once[1] == ["Add a task", "“x”", "Alice", "Bob", "bug"]
    assert queries("/task x @me @bob #bug" + " @me @bob #bug" * 500) == once
    assert once[0] < 8


@pytest.mark.parametrize("text", ["/done", "/due fri", "/remind fri", "/unassign"])
def test_a_conversation_of_no_task_is_refused_while_it_is_typed(alice, task, noon, text) -> None:
    assert "script" in preview(alice, text, task=task.number, now=noon)
    shown = preview(alice, text, task=999, now=noon)
    assert (shown["refused"], shown["message"]) == (
        "unknown_task", "There is no task #999 in this project.",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["/unassign 1 and", "/unlabel 1 and", "/done 1 and", "/assign 1 to"])
def test_a_filler_alone_breaks_no_preview(alice, task, noon, text) -> None:
    assert all(chip["words"] for chip in preview(alice, text, now=noon).get("chips", []))
