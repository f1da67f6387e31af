"""German, French and Spanish: what they add to the language, and what they leave as it is."""

import json
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings, strategies as st

from accounts.names import clean_handle
from chat.language import VOCABULARY, Context, Refusal, Script, Talk, parse
from chat.language.dates import BadDate, read_date
from chat.language.datewords import KNOWN
from chat.language.hints import trailing_date
from chat.language.priorities import PRIORITIES
from chat.language.tongue import folded
from chat.language.tongues import TONGUES, tongue_called
from workspace.repeats import WORDS, read_rule

FOLDER = Path(__file__).parents[2] / "cases"
OTHERS = [code for code in TONGUES if code != "en"]
CASES = [
    (code, json.loads(line))
    for code in OTHERS
    for line in (FOLDER / f"language.{code}.jsonl").read_text().splitlines()
]
KEYWORDS = {"and", "to", "by", "top", "bottom", "me", "none", "last", "here", "list", "cancel", "on", "about"}


@pytest.mark.parametrize(
    ("code", "case"), CASES, ids=[f"{code}: {case['input'][:40]}" for code, case in CASES]
)
def test_it_is_understood_in_its_tongue(code: str, case: dict, context: Context) -> None:
    parsed = parse(case["input"], replace(context, tongue=code))
    understood, expected = parsed.as_dict(), case["expect"]
    assert {key: understood.get(key) for key in expected} == expected
    if "said" in case:
        assert isinstance(parsed, Script)
        assert parsed.text == case["said"]


@pytest.mark.parametrize("code", OTHERS)
def test_there_are_enough_of_them_and_some_are_refused(code: str) -> None:
    own = [case["expect"] for tongue, case in CASES if tongue == code]
    assert len(own) >= 25
    assert sum("refused" in each for each in own) >= 10


@pytest.mark.parametrize(
    ("code", "case"), CASES, ids=[f"{code}: {case['input'][:40]}" for code, case in CASES]
)
def test_what_everybody_reads_means_the_same_in_english(code: str, case: dict, context: Context) -> None:
    if "said" in case:
        assert parse(case["said"], context).as_dict() == case["expect"]


@pytest.mark.parametrize(
    ("code", "title", "offer"),
    [
        ("fr", "Rappeler Sam", None),  # a Saturday, too
        ("fr", "Rappeler Sam samedi", "due:samedi"),
        ("fr", "Rappeler Sam due sam", "due:sam"),
        ("de", "Anruf bei Mo", None),
        ("de", "Anruf am Mo", 'due:"am Mo"'),
        ("es", "Llamar a Dom", None),
        ("es", "Llamar a Sam el sáb", 'due:"el sáb"'),
        ("en", "Call Sam fri", "due:fri"),
    ],
)
def test_a_short_day_alone_ends_a_title_as_a_name(code: str, title: str, offer: str | None) -> None:
    found = trailing_date(title.split(), datetime(2026, 11, 19, 15, 30), tongue_called(code))
    assert (found and found[1]) == offer


def is_free(word: str) -> bool:
    """Whether somebody may be called so."""
    try:
        return clean_handle(word) == word
    except ValidationError:
        return False


@pytest.mark.parametrize("code", TONGUES)
def test_whoever_is_called_as_a_word_of_the_language_is_reached_by_the_sign(
    code: str, context: Context
) -> None:
    tongue = tongue_called(code)
    called = sorted(filter(is_free, {*KEYWORDS, *KNOWN, *tongue.words, *tongue.dates, *tongue.repeats}))
    assert {"top", "cancel", "fri"} <= set(called)
    for handle in called:
        project = replace(context, tongue=code, members=[*context.members, handle])
        for text, expected in {
            f"/assign 1 @{handle}": {"users": [handle]},
            f"/unassign 1 @{handle}": {"users": [handle]},
            f"/task Paint @{handle}": {"assignees": [handle]},
            f"/mine @{handle}": {"filters": [f"assignee={handle}"]},
            f"/remind @{handle} tomorrow to paint": {"who": handle},
        }.items():
            (command,) = parse(text, project).as_dict()["script"]
            assert expected.items() <= command.items(), text


@pytest.mark.parametrize("handle", sorted(KEYWORDS))
def test_nobody_is_called_by_an_english_word_that_reads_otherwise_without_the_sign(
    handle: str, context: Context
) -> None:
    project = replace(context, members=[*context.members, handle])
    if is_free(handle):  # "/unassign 1 last" takes everybody off two tasks
        assert parse(f"/unassign 1 {handle}", project).as_dict()["script"][0]["users"] == [handle]


@pytest.mark.parametrize("code", OTHERS)
def test_english_means_the_same_in_every_tongue(code: str, context: Context) -> None:
    lines = (FOLDER / "language.jsonl").read_text().splitlines()
    for text in (json.loads(line)["input"] for line in lines):
        english = parse(text, context)
        if not isinstance(english, Refusal):
            assert parse(text, replace(context, tongue=code)) == english


@pytest.mark.parametrize("code", OTHERS)
def test_no_name_of_a_command_is_taken_twice(code: str) -> None:
    tongue = tongue_called(code)
    assert set(tongue.commands) == {spec.name for spec in VOCABULARY}
    aliases = [alias for names in tongue.commands.values() for alias in names]
    assert len({folded(alias).replace("-", "") for alias in aliases}) == len(aliases)
    assert [alias for alias in aliases if VOCABULARY.find(alias) or VOCABULARY.find(folded(alias))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_each_name_is_found_however_it_is_spelt(code: str) -> None:
    tongue = tongue_called(code)
    for name, aliases in tongue.commands.items():
        for alias in aliases:
            for spelt in (alias, alias.upper(), folded(alias), alias.replace("ü", "ue").replace("ä", "ae")):
                found = VOCABULARY.find(spelt, tongue)
                assert found is not None
                assert found.name == name


@pytest.mark.parametrize("code", OTHERS)
def test_no_word_for_dates_is_an_english_one_with_another_meaning(code: str, context: Context) -> None:
    tongue = tongue_called(code)
    for phrase, english in tongue.dates.items():
        assert phrase == folded(phrase)
        assert phrase not in KNOWN or english == phrase
        try:
            own = read_date(phrase, context.now)
        except BadDate:
            continue
        assert own == read_date(english, context.now)


@pytest.mark.parametrize("code", OTHERS)
def test_no_other_word_is_an_english_one_with_another_meaning(code: str) -> None:
    tongue = tongue_called(code)
    assert set(tongue.words) & KEYWORDS == set()
    assert set(tongue.words.values()) <= KEYWORDS
    assert set(tongue.priorities) & set(PRIORITIES) == set()
    assert set(tongue.priorities.values()) <= set(PRIORITIES)
    assert [word for word in tongue.repeats if read_rule(word) not in {None, tongue.repeats[word]}] == []
    assert set(tongue.repeats.values()) <= set(WORDS)


def test_a_tongue_is_nobody_elses(context: Context) -> None:
    german, french = (replace(context, tongue=code) for code in ("de", "fr"))
    assert isinstance(parse("/erledigt 12", german), Script)
    assert isinstance(parse("/erledigt 12", french), Refusal)
    assert isinstance(parse("/erledigt 12", context), Refusal)
    assert isinstance(parse("/erledigt 12", replace(context, tongue="xx")), Refusal)


def test_a_member_comes_before_a_word_for_oneself(context: Context) -> None:
    german = replace(context, tongue="de", members=[*context.members, "ich"])
    assert parse("/task x @ich", german).as_dict()["script"][0]["assignees"] == ["ich"]


def test_words_of_a_title_stay_in_their_tongue(context: Context) -> None:
    parsed = parse("/aufgabe morgen und heute nach oben !hoch", replace(context, tongue="de"))
    assert isinstance(parsed, Script)
    assert parsed.text == "/task morgen und heute nach oben !high"


def test_only_the_lines_of_another_tongue_are_said_in_english(context: Context) -> None:
    typed = "/aufgabe Kuchen\nmit Sahne\n/done 12\n/erledigt 13"
    parsed = parse(typed, replace(context, tongue="de"))
    assert isinstance(parsed, Script)
    assert parsed.text == "/task Kuchen\nmit Sahne\n/done 12\n/done 13"
    assert [command.source.partition("\n")[0] for command in parsed.commands] == [
        "/aufgabe Kuchen", "/done 12", "/erledigt 13",
    ]  # fmt: skip


PIECES = [
    "12", "@ich", "@moi", "und", "et", "y", "zu", "à", "a", "par", "durch", "oben", "haut", "keine", "aucune", "ninguna",
    "!hoch", "!haute", "!alta", "!hcoh", "due:morgen", "due:demain", "due:mañana", "due:", "every:montag", "every:mo,",
    "nächsten", "Freitag", "vendredi prochain", "à 17h30", "a las 5 de la tarde", "um 9 Uhr", "31. Februar", "le 15",
    "letzte", "’", "ß", "İ", "\u0301", "9" * 50,
]  # fmt: skip
NAMES = [alias for code in OTHERS for aliases in TONGUES[code].commands.values() for alias in aliases]
lines = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=10).map(" ".join)
commands = st.tuples(st.sampled_from(NAMES), lines).map(lambda parts: f"/{parts[0]} {parts[1]}")
texts = st.lists(st.one_of(commands, lines), max_size=4).map("\n".join)


@pytest.fixture(scope="module", autouse=True)
def _context(context: Context) -> None:
    global CONTEXT  # noqa: PLW0603 - hypothesis runs one test many times, with one project for all of them
    CONTEXT = context


@given(texts, st.sampled_from(OTHERS))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_a_tongue_fail(text: str, code: str) -> None:
    parsed = parse(text, replace(CONTEXT, tongue=code))
    assert isinstance(parsed, Talk | Script | Refusal)
    if isinstance(parsed, Script) and not any(each.name == "remind" for each in parsed.commands):
        again = parse(parsed.text, CONTEXT)
        assert again.as_dict() == parsed.as_dict()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "/task Fix the login page @bob !high due:fri #bug"),
        ("de", "/aufgabe Anmeldung reparieren @bob !hoch due:freitag #bug"),
        ("fr", "/tâche Réparer la page @bob !haute due:vendredi #bug"),
        ("es", "/tarea Arreglar la página @bob !alta due:viernes #bug"),
    ],
)
@pytest.mark.timing
def test_a_line_is_read_in_less_than_150_microseconds(code: str, text: str, context: Context) -> None:
    own = replace(context, tongue=code)

    def once() -> float:
        start = time.thread_time()
        for _ in range(20):
            parse(text, own)
        return (time.thread_time() - start) / 20

    assert isinstance(parse(text, own), Script)
    assert min(once() for _ in range(20)) < 150e-6
