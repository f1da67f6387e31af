"""Every regular expression of the product, pumped: none takes more than a little longer for each character more."""

import ast
import re
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from re import _constants as codes, _parser as parser  # type: ignore[attr-defined]

import pytest

from chat.language import dates, polls, refs
from tests.content.once import ONCE
from tests.test_house import APPS, files, name_of
from workspace.markup import inline, lines

pytestmark = ONCE

LENGTH = 2_000  # of the shorter text; the longer has twice as many characters
STEEPEST = 3.0  # of a pattern that is searched for; noise of a busy machine included
ENOUGH = 0.003  # seconds below which nothing can be said
SLOWEST = 0.1  # seconds that no text may take
TRIES = 5  # a pattern is steep if it is each time: a shared processor makes any single time longer
# These are matched at one place and never looked for in a text; all but the last three read 40 characters at most.
AT_ONE_PLACE = {
    r"(\D+)(\d+)",
    r"(?P<month>[a-z]+)\s?(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{4}))?",
    dates._TIME.pattern,
    r"<([^>]+)>|\[([^\]]+)\]",  # reads the signatures of our own commands
    refs._NUMERIC.pattern,
    refs._RANGE.pattern,
    polls._BULLET.pattern,
    lines.OTHER_MARK.pattern,
}
USES = {
    "compile",
    "match",
    "search",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
    "_shape",
    "re_path",
}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that the product compiles, by its source."""
    found: dict[str, re.Pattern[str]] = {}
    for app in APPS:
        for path in files(app, "*.py"):
            module = name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            if ".management." not in module and module != "workspace.asgi":
                found |= {each.pattern: each for each in compiled(module)}
            found |= {text: re.compile(text) for text in written(ast.parse(path.read_text()))}
    # Markdown's readers are given theirs as texts.
    given = {name: text for name, text in vars(inline).items() if name.isupper() and isinstance(text, str)}
    return found | {
        text: re.compile(text) for name, text in given.items() if name not in {"AMPERSAND", "BACKSLASH"}
    }


def compiled(module: str) -> Iterator[re.Pattern[str]]:
    """What a module holds, also in its tables and its constants of plain text that other modules compile."""
    waiting = list(vars(import_module(module)).values())
    while waiting:
        each = waiting.pop()
        if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
            yield each
        elif isinstance(each, tuple | list | set | frozenset):
            waiting += each
        elif isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]


def written(tree: ast.Module) -> Iterator[str]:
    """What is handed to `re` where it stands."""
    for call in ast.walk(tree):
        is_use = (
            isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in USES
        )
        if (
            is_use
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and isinstance(call.args[0].value, str)
        ):
            try:
                re.compile(call.args[0].value)
            except re.error:
                continue
            yield call.args[0].value


def letters(pattern: str) -> set[str]:
    """The characters that the pattern names, and one of each class that it has."""
    found: set[str] = set()
    waiting = list(parser.parse(pattern))
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple) and len(each) == 2 and each[0] in (codes.LITERAL, codes.NOT_LITERAL):
            found.add(chr(each[1]))
        elif isinstance(each, tuple) and len(each) == 2 and each[0] is codes.RANGE:
            found |= {chr(each[1][0]), chr(each[1][1])}
        elif isinstance(each, (tuple, list, parser.SubPattern)):
            waiting += list(each)
    return {each for each in found if len(each) == 1} | set("a1 \n")


def pumps(pattern: str) -> list[str]:
    """What is said over and over: each of its characters, and each two of the first dozen."""
    some = sorted(letters(pattern))[:14]
    return [*some, *(one + other for one in some[:9] for other in some[:9] if one != other)]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    def once() -> float:
        start = time.thread_time()
        pattern.fullmatch(text)
        if pattern.pattern not in AT_ONE_PLACE:
            for _ in pattern.finditer(text):
                pass
        return time.thread_time() - start

    best = once()
    return best if best < ENOUGH else min(best, once(), once())


def steep(pattern: re.Pattern[str], length: int = LENGTH) -> Iterator[str]:
    """The pumps that take the pattern more than its share of time."""
    for pump in pumps(pattern.pattern):
        for before, after in (("", "\0"), ("a", "!"), (pump[::-1], "\n\n")):
            half, whole = (
                before + (pump * length)[:characters] + after for characters in (length, 2 * length)
            )
            if all(too_steep(pattern, half, whole) for _ in range(TRIES)):
                yield f"{pump!r}: {seconds(pattern, half) * 1000:.1f}, then {seconds(pattern, whole) * 1000:.1f} ms"


def too_steep(pattern: re.Pattern[str], half: str, whole: str) -> bool:
    took = seconds(pattern, whole)
    return took >= ENOUGH and (took > SLOWEST or took > STEEPEST * seconds(pattern, half))


def test_all_patterns_are_looked_at():
    known = {"@([\\w.-]", "https?://", "[A-Z][A-Z0-9]{1,9}", "(`{3,}"}
    assert len(patterns()) > 55
    assert [each for each in known if not any(each in pattern for pattern in patterns())] == []


def test_no_pattern_takes_more_than_its_share():
    slow = {source: found for source, pattern in patterns().items() if (found := next(steep(pattern), ""))}
    assert slow == {}


@pytest.mark.parametrize(("pattern", "length"), [(r"\s+$", 1_000), (r"a\w*b", 2_000), (r"[ab]*c", 4_000)])
def test_a_pattern_that_looks_back_is_found(pattern, length):
    assert next(steep(re.compile(pattern), length), "")
