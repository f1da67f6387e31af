"""What a command is understood as can be written down, and is read from there as the same: for every command."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from chat.language import VOCABULARY, Context, Filter, Script, Spec, Talk, When, parse
from chat.language.filters import STATES
from chat.language.mistakes import Mistake
from chat.language.parser import LONGEST
from chat.language.priorities import PRIORITIES
from chat.language.titles import checked_title
from chat.language.words import Word
from tests.chat.language import pieces
from tests.chat.language.writing import WRITERS, can_be_under, line, written

MEMBERS = ["ana", "bob", "li.wei", "zoë", "o-brien", "john"]
COLUMNS = ["Backlog", "To do", "In progress", "In review", "Done"]
RULES = ["day", "weekday", "2 weeks", "mon,thu", "month", "999 years"]


@pytest.fixture(scope="module", autouse=True)
def _context(context: Context) -> None:
    global CONTEXT  # noqa: PLW0603 - hypothesis runs one test many times, with one project for all of them
    CONTEXT = context


def some(values: Any, most: int = 4) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=1, max_size=most, unique=True)


def is_title(text: str) -> bool:
    try:
        return checked_title(text, Word("", 0, 0), "") == text
    except Mistake:
        return False


def is_body(text: str) -> bool:
    return bool(text) and text == text.strip("\n").rstrip() and can_be_under(text)


numbers = st.integers(1, 40)
days = st.dates(date(1990, 1, 1), date(2070, 12, 31))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.builds(When, days, st.none() | times)
words = st.lists(st.sampled_from(pieces.TITLES), min_size=1, max_size=8).map(" ".join)
titles = words.filter(is_title).filter(lambda title: "due:" not in title and "every:" not in title)
bodies = (
    st.lists(st.sampled_from(pieces.TEXTS), min_size=1, max_size=8)
    .map(" ".join)
    .map(str.strip)
    .filter(is_body)
)
plain = st.lists(
    st.sampled_from(["Buy", "milk", "- a", "[ ]", '"x"', "“y”", "1.", "\uff1f"]), min_size=1, max_size=4
).map(" ".join)
questions = plain.filter(lambda text: '"' not in text or "“" not in text)
labels = some(st.sampled_from(["bug", "design", "new", "q3-plan", "späti"]))
estimates = st.integers(1, 29_000_000).map("{}min".format) | st.integers(1, 9_999).map("{}pt".format)
conditions = st.builds(
    Filter, st.just("due"), st.none(), is_negated=st.booleans()
) | st.builds(
    Filter, st.just("due"), moments, st.sampled_from(["=", "<", "<=", ">", ">="]), st.booleans()
) | st.one_of(
    *(
        st.builds(Filter, st.just(field), values, is_negated=st.booleans())
        for field, values in {
            "assignee": st.sampled_from(MEMBERS), "label": st.sampled_from(["bug", "design"]),
            "number": st.integers(1, 999_999_999), "priority": st.sampled_from(PRIORITIES),
            "column": st.sampled_from(COLUMNS), "is": st.sampled_from(STATES),
        }.items()
    )
)  # fmt: skip


def of(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(values)


def maybe(
    given: st.SearchStrategy[dict], **values: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    more = st.fixed_dictionaries({}, optional=values)
    return st.builds(lambda one, other: one | other, given, more)


VALUES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "tasks": of(refs=some(numbers, 25)),
    "task": of(refs=some(numbers, 1)),
    "tasks or items": of(refs=some(numbers, 25))
    | of(refs=st.just([]) | some(numbers), parts=some(st.builds("{}.{}".format, numbers, st.integers(1, 999)))),
    "people": of(users=some(st.sampled_from(MEMBERS), 6)),
    "column": of(column=st.sampled_from(COLUMNS)),
    "top|bottom": of(at=st.sampled_from(["top", "bottom"])),
    "date|none": of(due=st.none() | moments),
    "title": maybe(
        of(title=titles), body=bodies, assignees=some(st.sampled_from(MEMBERS), 6), labels=labels, estimate=estimates,
        priority=st.sampled_from(PRIORITIES), column=st.sampled_from(COLUMNS), due=st.none() | moments,
        every=st.sampled_from(RULES),
    ),
    "new title": of(title=titles),
    "text": of(text=bodies),
    "question and options": of(question=questions, options=st.lists(plain, min_size=2, max_size=10, unique_by=str.casefold)),
    "labels": of(labels=labels),
    "its labels": of(labels=some(st.sampled_from(["bug", "design"]))),
    "priority": of(priority=st.sampled_from(PRIORITIES)),
    "estimate": of(estimate=estimates | st.just("none")),
    "query": maybe(of(filters=some(conditions, 6)), text=st.sampled_from(["login", 'the "login page"', "\\#bug", "#bug"])),
    "when and what": of(items=some(st.integers(1, 999_999), 1))
    | maybe(
        of(
            who=st.sampled_from([*MEMBERS, "here"]),
            at=st.builds(When, st.dates(date(2026, 11, 20), date(2070, 1, 1)), times),
            text=bodies,
        ),
        refs=some(numbers, 25),
    ),
    "by tasks|reason": of(by=some(numbers)) | of(reason=st.sampled_from(["the vendor", "by the vendor", "9 lives"])),
    "by tasks": of(by=some(numbers)),
    "items": of(items=st.lists(plain, min_size=1, max_size=9)),
    "command": of(text=st.sampled_from([spec.name for spec in VOCABULARY])),
}  # fmt: skip


@st.composite
def arguments(draw: Any, spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in spec.arguments:
        if place.is_required or draw(st.booleans()):
            found |= draw(VALUES[place.kind.placeholder])
        elif place.kind.placeholder == "text":
            found["text"] = ""
    return found


def read(text: str) -> list[tuple[str, Mapping]]:
    parsed = parse(text, CONTEXT)
    assert isinstance(parsed, Script), (text, parsed)
    return [(command.name, command.arguments) for command in parsed.commands]


@pytest.mark.parametrize("spec", [*VOCABULARY], ids=lambda spec: spec.name)
@given(st.data())
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_as_it_was_meant(spec: Spec, data: st.DataObject) -> None:
    meant = data.draw(arguments(spec))
    text = line(spec.name, meant)
    assume(len(text) < LONGEST and ("filters" not in meant or len(text) < 200))
    assert read(text) == [(spec.name, meant)], text


@st.composite
def typed(draw: Any) -> str:
    """A line as people type it: the pieces of its arguments, in their order."""
    spec = draw(st.sampled_from(list(VOCABULARY)))
    name = draw(st.sampled_from([spec.name, *spec.aliases]))
    parts = []
    for place in spec.arguments:
        most = 8 if place.kind.placeholder in pieces.SEVERAL else 1
        parts += draw(st.lists(st.sampled_from(pieces.PIECES[place.kind.placeholder]), max_size=most))
    return " ".join([f"/{name}", *parts])


@given(st.lists(typed(), min_size=1, max_size=3).map("\n".join))
@settings(max_examples=600, deadline=None)
@example("/me ```\n/done 12")
@example("/me\n```\n/done 12\n```\n/done 13")
@example('/task >"x @bob y" Fix')
def test_what_was_read_is_read_again_the_same(text: str) -> None:
    parsed = parse(text, CONTEXT)
    if not isinstance(parsed, Script):
        return
    again = written(parsed.commands)
    assume(len(again) <= LONGEST)
    queries = [command for command in parsed.commands if "filters" in command.arguments]
    assume(
        not any('"' in command.source or "“" in command.source for command in queries)
    )  # their order is lost
    assert read(again) == read(text), again


@given(st.lists(typed(), min_size=1, max_size=4).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_a_text_is_no_script_unless_it_begins_with_a_command(text: str) -> None:
    for before in ("Look: ", "> ", "12 ", "."):
        assert parse(before + text, CONTEXT) == Talk(before + text)


@pytest.mark.parametrize("spec", [*VOCABULARY], ids=lambda spec: spec.name)
@given(st.data())
@settings(max_examples=10, deadline=None)
def test_no_command_is_understood_beside_one_that_is_not(spec: Spec, data: st.DataObject) -> None:
    text = line(spec.name, data.draw(arguments(spec)))
    assume(len(text) < LONGEST / 2)
    fenced = "```" in text or "~~~" in text
    assert isinstance(parse(f"/done 12\n{text}\n/done 12", CONTEXT), Script) != spec.is_private or fenced
    for wrong in (f"/done 99\n{text}", f"/doen 12\n{text}", text if fenced else f"{text}\n/done 99"):
        assert fenced or not isinstance(parse(wrong, CONTEXT), Script)


def test_every_kind_of_argument_can_be_written() -> None:
    placeholders = {place.kind.placeholder for spec in VOCABULARY for place in spec.arguments}
    assert placeholders == WRITERS.keys() == VALUES.keys() == pieces.PIECES.keys()
