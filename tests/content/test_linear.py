"""No text keeps the server busy: each is read in less than a tenth of a second, and twice the text in twice the time."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from chat.actions import LENGTH
from chat.language import Context, parse
from tasks.steps import DESCRIPTION
from tests.content.once import ONCE
from tests.content.slow_texts import COMMANDS, FOUND, MARKDOWN, PUBLISHED, Family, seconds, too_slow
from workspace.markup import render, render_notes, render_script

pytestmark = ONCE


class Ana:
    pk, handle = 3, "ana"


NAMES = {"mention": lambda _: Ana, "task": lambda number: f"/p/web/t/{number}", "key": "WEB"}
READERS = [(render, LENGTH), (render_script, LENGTH), (render_notes, DESCRIPTION)]
BUSY = Context(
    me="ana",
    key="WEB",
    now=datetime(2026, 11, 19, 15, 30),
    members=["ana", "bob", *(f"member{number}" for number in range(300))],
    columns=["To do", "Done", *(f"col {number}" for number in range(20))],
    labels=["bug", *(f"l{number}" for number in range(300))],
    tasks={number: f"Task {number}" for number in range(1, 2_000)},
    last=17,
)


@pytest.mark.parametrize(("read", "longest"), READERS, ids=["message", "script", "notes"])
def test_no_markdown_takes_longer_than_its_length(read, longest):
    reader = partial(read, **NAMES)
    reader("```c\nx\n```")  # a lexer is loaded once in the life of a process
    assert [fault for family in MARKDOWN for fault in too_slow(reader, family, longest)] == []


def test_no_markdown_below_a_command_does():
    reader = partial(render_script, **NAMES)
    below = [family._replace(prefix=f"/task x\n{family.prefix}") for family in (*PUBLISHED, *FOUND)]
    assert [fault for family in below for fault in too_slow(reader, family, LENGTH)] == []


def test_no_command_does():
    reader = partial(parse, context=BUSY)
    assert [fault for family in COMMANDS for fault in too_slow(reader, family, LENGTH)] == []


def test_no_markdown_keeps_the_parser_of_commands():
    reader = partial(parse, context=replace(BUSY, last=None))
    assert [fault for family in MARKDOWN for fault in too_slow(reader, family, LENGTH)] == []


def test_a_reader_that_looks_back_would_be_found():
    def quadratic(text: str) -> int:
        return sum(len(text[:at]) for at in range(0, len(text), 2)) + sum(
            text.count("a", 0, at) for at in range(len(text))
        )

    assert seconds(len, "a") < 0.001
    assert too_slow(quadratic, Family("anything", "a"), 20_000)
