"""One meaning of a search on every database."""

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st

from chat.models import Message
from tasks.models import Task
from workspace.actions import create_project
from workspace.fulltext import Query, fold, found as found_ids, highlighted, parse
from workspace.models import Project

SAYS = [
    "Draft the pricing copy",
    "The price of a Café crème in Zürich",
    "Fix main.py and WEB-12, see https://example.com/a_b?x=1",
    "tablet crop on the hero",
    "crop the tablet picture",
    "Ёлка и ёж, Привет",
    "don't snake_case naïve ÅNGSTRÖM",
    "「設計」 done",
]


def found_rows(model, text, projects=None, limit=50):
    projects = list(Project.objects.values_list("pk", flat=True)) if projects is None else projects
    return list(model.objects.filter(pk__in=found_ids(model, parse(text), projects, limit)))


@pytest.fixture
def found(alice, say):
    for text in SAYS:
        say(alice, text)

    def search(query: str) -> set[int]:
        return {SAYS.index(message.text) for message in found_rows(Message, query)}

    return search


FINDS = [
    ("pric", {0, 1}),
    ("PRICING draft", {0}),
    ("draft nothing", set()),
    ("cafe creme", {1}),
    ("CAFÉ zurich", {1}),
    ("zu\u0308rich", {1}),
    ("main.py", {2}),
    ("py", {2}),
    ("web-12", {2}),
    ("12", {2}),
    ("example.com/a_b", {2}),
    ("tablet crop", {3, 4}),
    ('"tablet crop"', {3}),
    ('"tablet cro"', set()),
    ("“crop the tablet”", {4}),
    ('"crop the" pict', {4}),
    ("ёлк", {5}),
    ("привет", {5}),
    ("don't", {6}),
    ("snake case naive angstrom", {6}),
    ("設計", {7}),
    ("", set()),
    ("!!! \"' ", set()),
    ('"', set()),
    ('"pricing', {0}),
]


def test_finds_all_words_by_their_beginnings_and_phrases_whole(found):
    for query, lines in FINDS:
        assert found(query) == lines, query


HOSTILE = """
" "" * a* NEAR(a b)|text:a|a OR|AND|NOT a|-a|^a|a:*|a & b|a | !b|'|\\|(|<->|%s|; DROP TABLE chat_message|"a" NEAR/2 "b"
"""


def test_no_text_is_a_wrong_query(found):
    for query in [*HOSTILE.split("|"), "\x00", "\ud800", "a" * 5_000, "a " * 5_000, '"a ' * 900]:
        found(query)


@pytest.mark.django_db
@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_looked_for(text):
    found_rows(Message, text, [1])


def test_follows_what_is_changed_and_deleted(alice, say):
    say(alice, "umbrella")
    message = Message.objects.get()

    def count(query: str) -> int:
        return len(found_rows(Message, query))

    assert (count("umbrella"), count("parasol")) == (1, 0)
    message.text = "parasol"
    message.save()
    assert (count("umbrella"), count("parasol")) == (0, 1)
    message.delete()
    assert count("parasol") == 0


def test_finds_tasks_by_title_and_notes(task):
    Task.objects.filter(pk=task.pk).update(description="The Zürich office")
    for query in ("login", "zurich", "fix office"):
        assert found_rows(Task, query) == [task]


def test_finds_the_newest_of_the_projects_that_are_asked_for(alice, say):
    other = create_project(alice.user, "Other", key="OTH", slug="other")
    mine = [say(alice, f"apples {number}").subject_id for number in range(4)]
    theirs = say(other, "apples elsewhere").subject_id
    query = parse("apples")
    assert found_ids(Message, query, [alice.project_id], 3) == mine[:0:-1]
    assert found_ids(Message, query, [other.project_id], 3) == [theirs]
    assert found_ids(Message, query, [alice.project_id, other.project_id], 2) == [theirs, mine[3]]
    assert found_ids(Message, query, [], 3) == []


def test_the_number_of_a_project_is_no_word_of_its_messages(alice, say):
    say(alice, "no number here")
    assert found_rows(Message, str(alice.project_id)) == []
    say(alice, f"number {alice.project_id} here")
    assert len(found_rows(Message, str(alice.project_id))) == 1


def test_folds_case_and_the_marks_of_latin_letters_alone():
    assert fold("ÅngstrÖm Ё й CRÈME") == "angstrom ё й creme"


def test_reads_words_and_phrases():
    assert parse('Web-12 "Fix, this" fix fix') == Query(("web", "12", "fix"), (("fix", "this"),))
    assert len(parse(" ".join(f"w{n}" for n in range(99))).words) == 12
    assert not parse("—")


@pytest.mark.parametrize(
    ("text", "query", "html"),
    [
        ("Draft pricing copy", "pric", "Draft <mark>pricing</mark> copy"),
        ("Café & <b>", "cafe b", "<mark>Café</mark> &amp; &lt;<mark>b</mark>&gt;"),
        ("fix it, fixed", '"fix it"', "<mark>fix</mark> <mark>it</mark>, fixed"),
        ("nothing", "x", "nothing"),
        ("nothing", "", "nothing"),
    ],
)
def test_marks_what_was_found(text, query, html):
    assert highlighted(text, parse(query)) == html


def test_cuts_long_text_to_the_find():
    html = highlighted("<i>" * 200 + " needle " + "<i>" * 200, parse("need"), around=9)
    assert html == "…i&gt;&lt;i&gt;&lt;i&gt; <mark>needle</mark> &lt;i…"


def test_cuts_between_words():
    html = highlighted("several letters before needle and several after", parse("needle"), around=12)
    assert html == "… before <mark>needle</mark> and …"
    assert highlighted("a needlework " * 9, parse("needlework"), around=3) == "a <mark>needlework</mark>…"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.django_db
def test_the_index_agrees_with_its_table_on_sqlite():
    with connection.cursor() as cursor:
        for table in ("chat_message", "tasks_task"):
            cursor.execute(
                f"INSERT INTO {table}_fulltext({table}_fulltext, rank) VALUES ('integrity-check', 1)"
            )
