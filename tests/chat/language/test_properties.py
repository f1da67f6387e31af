"""What holds for every text, whatever is in it."""

import re
import time
from dataclasses import replace

import orjson
import pytest
from hypothesis import example, given, settings, strategies as st

from chat.language import VOCABULARY, Context, Refusal, Script, Talk, parse
from chat.language.cleaning import clean
from chat.language.lines import head_of, unescaped
from chat.language.parser import LONGEST

NAMES = [name for spec in VOCABULARY for name in (spec.name, *spec.aliases)]
WORDS = [
    "12", "#12", "WEB-12", "1..9", "^", "last", "and", ",", "@bob", "@me", "@nobody", "#bug", "#new", "!high", "!hihg",
    "~2h", "~", ">done", ">in", ">", "due:fri", "due:12/01", "due:", "every:0d", '"', "“", "”", "`", "\\@", "to",
    "top", "none", "fri", "31 feb", "in 3 days", "١٢", "🎉", "\u202e", "\0", "\ufeff", "\ud800", "\u3000", "9" * 5000,
]  # fmt: skip
words = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
lines = st.lists(words, max_size=12).map(" ".join)
commands = st.tuples(st.sampled_from(NAMES), lines).map(lambda parts: f"/{parts[0]} {parts[1]}")
texts = st.lists(st.one_of(commands, lines), max_size=6).map("\n".join)


@pytest.fixture(scope="module", autouse=True)
def _context(context: Context) -> None:
    global CONTEXT  # noqa: PLW0603 - hypothesis runs one test many times, with one project for all of them
    CONTEXT = context


@given(texts)
@settings(max_examples=400, deadline=None)
@example("/task " + "9" * 5000)
@example("/due 12 in 99999999999 weeks")
@example("/due 12 9999-12-31")
def test_no_text_makes_it_fail(text: str) -> None:
    parsed = parse(text, CONTEXT)
    assert isinstance(parsed, Talk | Script | Refusal)
    assert parsed.as_dict().keys() & {"talk", "script", "refused"}


@given(texts)
@settings(max_examples=300, deadline=None)
def test_what_it_gives_can_be_stored_and_sent(text: str) -> None:
    parsed = parse(text, CONTEXT).as_dict()
    orjson.dumps(parsed)  # raises for halves of characters
    assert "\\x00" not in repr(parsed)
    assert "\\u202e" not in repr(parsed)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_talk_comes_out_as_it_went_in(text: str) -> None:
    parsed = parse(text, CONTEXT)
    if isinstance(parsed, Talk):
        assert parsed.text in {clean(text), unescaped(clean(text))}
    if isinstance(parsed, Talk) and not text.startswith(("/", "\uff0f")) and not text[:1].isspace():
        assert parsed.text == clean(text)


@given(st.lists(st.from_regex(r"[a-zäß0-9.()'+*=-]{1,12}", fullmatch=True), min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_a_title_loses_no_word_that_is_no_token(typed: list[str]) -> None:
    title = " ".join(["Fix", *typed])
    parsed = parse(f"/task @bob {title} !high #bug", CONTEXT)
    assert isinstance(parsed, Script)
    assert parsed.commands[0].arguments["title"] == title


@given(st.lists(commands, min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_line_is_understood_when_one_is_not(typed: list[str]) -> None:
    parsed = parse("\n".join([*typed, "/nosuchcommand"]), CONTEXT)
    assert isinstance(parsed, Refusal)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_a_refusal_points_into_its_line(text: str) -> None:
    parsed = parse(text, CONTEXT)
    if isinstance(parsed, Refusal):
        line = clean(text).split("\n")[parsed.line - 1]
        assert 0 <= parsed.start <= parsed.end <= len(line)
        assert parsed.message.endswith(".")
        assert len(parsed.message) < 250


@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_line_is_talk_when_it_is_escaped(text: str) -> None:
    first = clean(text).split("\n")[0]
    if head_of(first) and len(text) < LONGEST:
        assert parse(f"/{text}", CONTEXT).as_dict() == {"talk": clean(text)}


# How a long text begins, and what it then says over and over.
HOSTILE = [
    ("/task ", "“"), ("/task x ", '" '), ("/task x ", '"a" '), ("/task @", "."), ("/task ", "#a "), ("/task x ", "@bob "),
    ("/task x ", "~1 "), ("/task x ", ">1 "), ("/task ~", "1"), ("/task >", "-"), ("/task due:", "1"), ("/task ", "\\"),
    ("/task x", "\n```"), ("/task x", "\n//x"), ("/done ", "1,"), ("/done ", "12 "), ("/done ", "12 and "), ("/done #", "0"),
    ("/done ", "x "), ("/assign 12 ", "@bob "), ("/assign 12 ", "@"), ("/due 12 ", "a"), ("/rename 12 ", "#1 "),
    ("/help ", "x"), ("/remind 12 ", "undef ß "), ("/assign 99", "/,"),
    ("/label 12 ", "a,"), ("/label 12 ", "ß "), ("/block 12 ", "1,"), ("/", "a"), (" ", " "), ("x", "x"),
]  # fmt: skip


@pytest.mark.timing
@pytest.mark.parametrize(("start", "unit"), HOSTILE)
def test_the_longest_text_is_read_at_once(start: str, unit: str, context: Context) -> None:
    many = replace(context, members=[*context.members, *(f"member{n}" for n in range(300))])
    assert any(_seconds(_long(start, unit, LONGEST), many) < 0.02 for _ in range(5))


@pytest.mark.timing
@pytest.mark.parametrize(("start", "unit"), HOSTILE)
def test_twice_the_text_takes_twice_the_time(start: str, unit: str, context: Context) -> None:
    def lasts() -> tuple[float, float]:
        half, whole = (_seconds(_long(start, unit, length), context) for length in (LONGEST // 2, LONGEST))
        return half, whole

    assert any(whole < 3 * half + 0.001 for half, whole in (lasts() for _ in range(5)))


@pytest.mark.timing
def test_a_task_line_is_read_before_anybody_could_notice(context: Context) -> None:
    text = "/task Fix the login page @bob @me #bug #new !high ~2h >review due:fri every:week"
    assert isinstance(parse(text, context), Script)
    assert min(_once(text, context) for _ in range(200)) < 0.000_15


def _long(start: str, unit: str, length: int) -> str:
    return start + unit * ((length - len(start)) // len(unit))


def _seconds(text: str, context: Context) -> float:
    """The best of several runs, in the time of this thread: other programs may be busy."""
    return min(_once(text, context) for _ in range(10))


def _once(text: str, context: Context) -> float:
    start = time.thread_time()
    parse(text, context)
    return time.thread_time() - start


def test_names_are_found_whole_and_never_by_their_beginning(context: Context) -> None:
    whole = {re.sub(r"[-_]", "", name) for name in NAMES}
    for name in NAMES:
        beginning = name[:-1]
        if len(beginning) > 1 and beginning not in whole:
            assert isinstance(parse(f"/{beginning} 12", context), Refusal)
