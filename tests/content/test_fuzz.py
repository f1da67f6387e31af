"""Whatever is typed is read: a hundred thousand texts, made of the words of the language and of anything else."""

import random
from datetime import datetime

import pytest

from chat.language import VOCABULARY, Context, Refusal, Script, Talk, parse
from tests.content.hostile import texts
from tests.content.once import ONCE
from tests.content.slow_texts import SIGNS
from tests.faults.extent import extent, tell
from workspace.markup import render, render_script

pytestmark = ONCE

NAMES = [name for spec in VOCABULARY for name in (spec.name, *spec.aliases)]
WORDS = [
    *("12", "#12", "WEB-12", "ABC-1", "1..9", "9..1", "12,13", "#12.3", "^", "last", "and", ",", "&", "to", "top"),
    *("none", "me", "@bob", "@me", "@nobody", "@", "#bug", "#new", "#", "!high", "!hihg", "!", "~2h", "~", ">done"),
    *(">in", ">", '"', "“", "”", "due:fri", "due:12/01", "due:", "every:0d", "in 3 days", "31 feb", "99999999999"),
    *("2026-02-30", "at 25:00", "next", "noon", "١٢", "🎉", "\u202e", "\0", "\ufeff", "\ud800", "\u3000", "\u0301"),
    *("İ", "ß", "\x1b", "\r", "\t", "\\@", "\\", "`", "```", "//x", "/", "\uff0f", "/done", "/task", "> /a"),
    *("http://x.y", "a@b.c", "--", "-", "_", "*", "[", "](", "<", "&#", "%s", "{}"),
]  # fmt: skip
ANYTHING = range(0x110000)
CONTEXT = Context(
    me="ana",
    key="WEB",
    now=datetime(2028, 2, 29, 23, 59),
    members=["ana", "bob", "li.wei", "zoë", "o-brien"],
    columns=["Backlog", "To do", "In progress", "Done"],
    labels=["bug", "design"],
    tasks={number: f"Task {number}" for number in range(1, 41)},
    last=17,
    task=3,
)


def made(chance: random.Random, hostile: list[str]) -> str:
    """A text: mostly a command with words of the language, sometimes anything."""
    words = [piece(chance, hostile) for _ in range(chance.choice((0, 1, 2, 3, 5, 8)))]
    start = chance.choice(
        (f"/{chance.choice(NAMES)}", f"/{chance.choice(NAMES)}", "\uff0f" + chance.choice(NAMES), "", "/")
    )
    line = chance.choice((" ", " ", " ", "", "\n", "  ")).join([start, *words])
    return line if chance.random() < 0.8 else f"{line}\n{made(chance, hostile)}"


def piece(chance: random.Random, hostile: list[str]) -> str:
    kind = chance.random()
    if kind < 0.65:
        return chance.choice(WORDS)
    if kind < 0.8:
        return "".join(map(chr, chance.choices(ANYTHING, k=chance.randrange(6))))
    if kind < 0.9:
        return chance.choice(SIGNS) * chance.choice((1, 3, 40))
    return chance.choice(hostile)


@pytest.mark.parametrize("seed", range(4))
def test_no_text_breaks_the_parser(seed):
    chance, hostile, kinds = random.Random(seed), texts(), set()
    count = extent(1_000, 25_000)
    for _ in range(count):
        text = made(chance, hostile)
        try:
            parsed = parse(text, CONTEXT)
            shown = repr(parsed.as_dict())
            shown.encode()
        except Exception as error:
            raise AssertionError(repr(text)) from error
        assert isinstance(parsed, Talk | Script | Refusal)
        kinds.add(type(parsed))
    assert kinds == {Talk, Script, Refusal}
    tell("S-04", f"{count} made texts (seed {seed}): the parser raised nothing")


@pytest.mark.parametrize("seed", range(2))
def test_no_text_breaks_the_renderer(seed):
    chance, hostile = random.Random(seed), texts()
    for _ in range(extent(400, 10_000)):
        text = made(chance, hostile)
        try:
            html = render(text).html + render_script(text).html
            html.encode()
        except Exception as error:
            raise AssertionError(repr(text)) from error
        assert "\x02" not in html
        assert "\0" not in html
