"""Names look like what they are, texts read in the direction of their letters, and no character breaks anything."""

import json
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings, strategies as st

from accounts.actions import add_person, change_profile, draft_person, free_handle
from accounts.lookalikes import look
from accounts.names import clean_handle, is_blank, visible
from chat.actions import post_message
from tasks.actions import create_task, rename_task
from tasks.columns import edit_column
from tests.content.fields import FIELDS
from workspace.actions import edit_project
from workspace.errors import Refused

FLAG = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
EMOJI = ["😀", "👩🏽‍🚀", "🇵🇹", FLAG, "𝄞", "𠮷", "🫨"]
ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad\u180e\u061c\u200e\u200f\u2061\u2064\ufff9\ufffb\U000e0001\U000e0041"
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BROKEN = ["\0", "a\0b", "\ud800", "a\udfffb", "\udc80\ud83d", "\x1b[31m", "\x7f\x85"]
SHOWN = ["display name", "project name", "column name", "token name"]


# -- Handles that pass for another ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "handle", ["аna", "оса", "сара", "αικ", "реасе", "ոս", "ᅠ", "ㅤㅤ", "⠀", "ana\u200b", "a\u0430"]
)
def test_a_handle_in_disguise_is_refused(handle):
    with pytest.raises(ValidationError):
        clean_handle(handle)


@pytest.mark.parametrize(
    "handle", ["анна", "иван", "ελένη", "արամ", "zoë", "josé", "李", "さくら", "김철수", "ana_2"]
)
def test_a_handle_of_any_alphabet_is_welcome(handle):
    assert clean_handle(handle) == handle


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("alice", "a1ice"),
        ("bobo", "b0b0"),
        ("modern", "modem"),
        ("mike", "mıke"),
        ("will", "wi11"),
        ("owen", "ovven"),
    ],
)
def test_a_handle_that_looks_like_another_is_refused(person, there, comes):
    person("Somebody", handle=there)
    draft = draft_person(email="new@example.com", name="New", password="x" * 12, handle=comes)
    with pytest.raises(ValidationError, match=f"@{comes} looks too much like @{there}"):
        add_person(draft)
    other = person("Other", handle="somebody.else")
    with pytest.raises(ValidationError, match="looks too much like"):
        change_profile(other, name="Other", handle=comes, time_zone="UTC", hue="olive")
    change_profile(other, name="Other", handle="quite.another", time_zone="UTC", hue="olive")


def test_no_handle_is_made_up_that_looks_like_another(person):
    person("Modern", handle="modern")
    assert free_handle("Modem Tester", "x@example.com") != "modem"
    assert look(free_handle("Modem", "modem@example.com")) != look("modern")


def test_one_may_keep_a_handle_and_change_its_marks(person):
    zoe = person("Zoe", handle="zo0")
    change_profile(zoe, name="Zoe", handle="zoo", time_zone="UTC", hue="olive")
    assert zoe.handle == "zoo"


# -- Names show what is in them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_invisible_does_not_get_into_a_name(desk, name):
    assert FIELDS[name](desk, f"{ZERO_WIDTH}We{ZERO_WIDTH}b{BIDI} \u3164team\u2800{ZERO_WIDTH}") == "Web team"


@pytest.mark.parametrize("name", [*SHOWN, "task title", "label name", "handle"])
def test_a_name_of_nothing_is_refused(desk, name):
    for nothing in (
        "\u200b",
        "\u3164",
        "\u2800 \u2800",
        BIDI,
        "\ufeff\u00ad",
        "\u0301",
        " \u2003 ",
        "\u115f",
    ):
        assert FIELDS[name](desk, nothing) is None, repr(nothing)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_a_name_that_is_clean_stays_as_it_is(text):
    assert visible(visible(text)) == visible(text)
    assert is_blank(text) or unicodedata.is_normalized("NFC", visible(text))


def test_both_spellings_of_a_letter_are_one_name(alice, bob, task):
    decomposed, composed = "Cafe\u0301 Zu\u0308rich", "Café Zürich"
    column = alice.project.columns.first()
    assert edit_column(alice, column, name=decomposed, limit=None).name == composed
    other = alice.project.columns.last()
    with pytest.raises(Refused, match="another one called"):
        edit_column(alice, other, name=composed, limit=None)
    assert edit_project(alice, name=decomposed, key="WEB", hue="olive", is_private=False).name == composed
    assert create_task(alice, decomposed).title == rename_task(alice, task, composed).title == composed
    assert clean_handle("jose\u0301") == clean_handle("josé")


def test_both_spellings_are_one_message_and_one_find(desk, say, alice):
    event = say(alice, "Cafe\u0301")
    assert event.subject.text == "Café"
    for spelling in ("Cafe\u0301", "Café", "CAFÉ", "cafe"):
        assert desk.client.get("/search", {"q": spelling}).content.decode().count("<mark>") >= 1, spelling


# -- Directions ----------------------------------------------------------------------------------------------


def test_nothing_turns_the_direction_of_a_line(desk, alice):
    for name, field in FIELDS.items():
        stored = field(desk, f"a{BIDI}b")
        assert stored is None or not set(stored) & set(BIDI), name
    page = desk.client.get(desk.home).content.decode()
    assert not set(page) & set(BIDI)


def test_letters_that_run_from_the_right_keep_their_direction(say, alice):
    event = say(alice, "שלום عربي")
    assert event.subject.text == "שלום عربي"
    assert event.subject.html.startswith('<p dir="auto">')


# -- Four bytes, and no character at all ---------------------------------------------------------------------


@pytest.mark.parametrize("emoji", EMOJI)
def test_every_column_takes_a_character_of_four_bytes(desk, emoji):
    """On whichever database this runs."""
    for name in ("message of the form", "message of a program", "task title", "title of a command", "notes"):
        assert FIELDS[name](desk, f"Go {emoji}!") == f"Go {emoji}!", name
    for name in SHOWN:
        stored = FIELDS[name](desk, f"Go {emoji}!")
        assert stored.startswith("Go ")
        assert emoji[0] in stored, name
    page = desk.client.get(desk.home).content.decode()
    assert emoji in page


@pytest.mark.parametrize("text", BROKEN, ids=ascii)
@pytest.mark.parametrize("name", FIELDS)
def test_what_is_no_character_breaks_nothing(desk, name, text):
    stored = FIELDS[name](desk, f"x{text}y")
    assert stored is None or not set(stored) & set("\0\x1b\x7f\x85") | {"\ud800"} & set(stored)


@pytest.mark.parametrize("text", [r"\u0000", r"\ud800", r"\udfff\ud83d", r"x\u0000y"])
def test_nor_does_it_where_json_spells_it_out(desk, text):
    nonce = "00000000-0000-4000-8000-000000000001"
    for body in (
        f'{{"text": "a{text}b", "nonce": "{nonce}"}}',
        f'{{"text": "a", "nonce": "{text}"}}',
        f'{{"{text}": 1, "text": "a", "nonce": "{nonce}"}}',
    ):
        api = f"/api/v1/projects/{desk.member.project_id}/say"
        for client, path in ((desk.program, api), (desk.client, f"{desk.home}/say")):
            answer = client.post(path, body, content_type="application/json", HTTP_ACCEPT="application/json")
            assert answer.status_code < 500
            json.loads(answer.content)


def test_what_is_logged_of_it_can_be_read(desk, alice):
    event = post_message(alice, "a\0b\ud800c", nonce="00000000-0000-4000-8000-000000000002")
    assert event.subject.text == "abc"
