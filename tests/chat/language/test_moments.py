"""Reminders in several tongues: which words are the moment, and which are their author's. It is Thursday, 19 November."""

from dataclasses import replace

import pytest

from chat.language import Script, parse

FRIDAY = "2026-11-20T09:00"


def understood(text: str, context, code: str) -> tuple[str, str]:
    parsed = parse(text, replace(context, tongue=code))
    assert isinstance(parsed, Script), parsed
    (command,) = parsed.as_dict()["script"]
    return command["at"], command["text"]


@pytest.mark.parametrize(
    ("code", "text", "at", "about"),
    [
        ("fr", "/rappelle-moi à 17h de fermer les fenêtres", "2026-11-19T17:00", "fermer les fenêtres"),
        ("fr", "/rappelle-moi à 17h fermer les fenêtres", "2026-11-19T17:00", "fermer les fenêtres"),
        ("fr", "/rappelle-moi de fermer les fenêtres à 17h", "2026-11-19T17:00", "fermer les fenêtres"),
        ("fr", "/rappelle-moi de fermer 17:00", "2026-11-19T17:00", "fermer"),
        ("es", "/recuérdame a las 9 de llamar a Ana", FRIDAY, "llamar a Ana"),
        ("es", "/recuérdame a las 9 llamar a Ana", FRIDAY, "llamar a Ana"),
        ("es", "/recuérdame llamar a Ana a las 9", FRIDAY, "llamar a Ana"),
    ],
)
def test_a_word_that_leads_to_a_text_can_begin_a_time(context, code, text, at, about) -> None:
    assert understood(text, context, code) == (at, about)


@pytest.mark.parametrize("code", ["en", "de", "fr", "es"])
@pytest.mark.parametrize(
    ("text", "at", "about"),
    [
        ("/remind tomorrow ask Sam", FRIDAY, "ask Sam"),
        ("/remind ask Sam at 5pm", "2026-11-19T17:00", "ask Sam"),
        ("/remind me to ask Mo 17:00", "2026-11-19T17:00", "ask Mo"),
        ("/remind tomorrow a call with Ana", FRIDAY, "a call with Ana"),
        ("/remind a call tomorrow", FRIDAY, "a call"),
        ("/remind tomorrow an email to Sam", FRIDAY, "an email to Sam"),
        ("/remind me where I am tomorrow", FRIDAY, "where I am"),
        ("/remind mi casa tomorrow", FRIDAY, "mi casa"),
    ],
)
def test_an_english_line_means_the_same_in_every_tongue(context, code, text, at, about) -> None:
    assert understood(text, context, code) == (at, about)


@pytest.mark.parametrize(
    ("code", "text", "about"),
    [
        ("de", "/erinnern morgen nach Berlin fahren", "nach Berlin fahren"),
        ("de", "/erinnern nach Berlin fahren morgen", "nach Berlin fahren"),
        ("de", "/erinnern morgen der Chefin schreiben", "der Chefin schreiben"),
        ("de", "/erinnern morgen zu Oma", "zu Oma"),
        ("fr", "/rappel demain la réunion", "la réunion"),
        ("fr", "/rappel demain dans le bureau", "dans le bureau"),
        ("es", "/recuérdame mi cita mañana", "mi cita"),
        ("es", "/recuérdame mañana la reunión", "la reunión"),
        ("es", "/recuérdame mañana para Ana", "para Ana"),
    ],
)
def test_the_words_of_a_text_are_left_to_it(context, code, text, about) -> None:
    assert understood(text, context, code) == (FRIDAY, about)


@pytest.mark.parametrize(
    ("code", "text", "at", "about"),
    [
        ("de", "/erinnere mich Ana anrufen morgen um 17:00", "2026-11-20T17:00", "Ana anrufen"),
        ("de", "/remind Ana anrufen morgen um 17:00", "2026-11-20T17:00", "Ana anrufen"),
        ("de", "/remind mich an Ana 17:00", "2026-11-19T17:00", "Ana"),
        ("de", "/erinnern 17:00 an Ana denken", "2026-11-19T17:00", "Ana denken"),
        ("fr", "/rappel demander à Ana sam 17:00", "2026-11-21T17:00", "demander à Ana"),
        ("fr", "/remind fermer à 17h", "2026-11-19T17:00", "fermer"),
        ("es", "/recordar mañana que llame Ana", FRIDAY, "llame Ana"),
    ],
)
def test_a_time_in_english_is_a_part_of_one_in_the_tongue(context, code, text, at, about) -> None:
    assert understood(text, context, code) == (at, about)


def test_only_with_its_accent_a_spanish_word_is_oneself(context) -> None:
    spanish = replace(context, tongue="es")
    assert parse("/asignar 12 a mí", spanish).as_dict()["script"][0]["users"] == ["ana"]
    assert parse("/asignar 12 a mi", spanish).as_dict()["refused"] == "unknown_user"
