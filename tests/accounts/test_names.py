import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.names import RESERVED_HANDLES, clean_handle, clean_name, propose_handles

CASES = Path(__file__).parent.parent / "cases"
INVISIBLE = "\u200b\u202e\u2066\ufeff\xad\x00\x1b\n"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   Duarte ", "Ana Duarte"),
        ("admin\u200b", "admin"),
        ("\u202enimda", "nimda"),
        ("ad\xadmin", "admin"),
        ("Ana\nDuarte", "Ana Duarte"),
        ("Jose\u0301", "José"),
        ("👩\u200d💻 Ana", "👩\u200d💻 Ana"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001
        ("ad\u200dmin", "admin"),
        ("</title><script>alert(1)</script>", "</title><script>alert(1)</script>"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed: str, kept: str):
    assert clean_name(typed) == kept


def test_a_tower_of_marks_is_cut():
    assert len(clean_name("Zal" + "\u0336" * 200 + "go")) < 12


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\u0301", "\x00", "\u202e\u2066"])
def test_a_name_that_nobody_can_see_is_refused(typed: str):
    with pytest.raises(ValidationError):
        clean_name(typed)


def test_hostile_names_become_harmless_or_are_refused():
    names = json.loads((CASES / "hostile-names.json").read_text())["display_names"]
    assert names
    for name in names:
        try:
            assert not set(INVISIBLE) & set(clean_name(name))
        except ValidationError:
            continue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana", "ana"),
        ("@ana", "ana"),
        ("tomás", "tomás"),
        ("a.b-c_d", "a.b-c_d"),
        ("𝐚𝐧𝐚", "ana"),  # noqa: RUF001
        ("李", "李"),
        ("7of9", "7of9"),
    ],
)
def test_a_handle_has_one_form(typed: str, kept: str):
    assert clean_handle(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a" * 33,
        "12",
        "1.2",
        "12_3",
        "_",
        "ana duarte",
        "ana!",
        "-rf",
        ".ana",
        "ana.",
        "an\u200ba",
        "аna",  # noqa: RUF001
        "@",
        "<b>",
        "ana/../x",
        *sorted(RESERVED_HANDLES),
    ],
)
def test_a_handle_that_could_be_taken_for_something_else_is_refused(typed: str):
    with pytest.raises(ValidationError):
        clean_handle(typed)


@pytest.mark.parametrize(
    ("name", "email", "best"),
    [
        ("Ana Duarte", "x@example.com", "ana"),
        ("Here", "ana@example.com", "ana"),
        ("42", "7@example.com", "person"),
        ("😀", "me@example.com", "person"),
    ],
)
def test_a_handle_is_proposed_from_the_name_then_the_address(name: str, email: str, best: str):
    assert propose_handles(name, email)[0] == best


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ana Ruiz Soto", "AS"), ("ana", "AN"), ("Rex 4", "R4"), ("🦊🦊🦊", "🦊"), ("🦊 Fox", "🦊"), ("", "HA")],
)
def test_an_avatar_has_two_letters_or_one_sign(name: str, initials: str):
    assert User(name=name, handle="handle").initials == initials
