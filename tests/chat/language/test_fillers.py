"""The words between names: what they may be left out for, and what not."""

from dataclasses import replace

import pytest

from chat.language import Context, Refusal, Script, parse


@pytest.mark.parametrize("name", ["An", "an", "@an", "an,", "und"])
def test_a_member_comes_before_a_word_between_people(name: str, context: Context) -> None:
    german = replace(context, tongue="de", members=[*context.members, "an", "und"])
    parsed = parse(f"/unassign 12 {name}", german)
    assert isinstance(parsed, Script)
    assert parsed.commands[0].arguments["users"] == [name.strip("@,").lower()]
    assert parsed.text == f"/unassign 12 {name}"


def test_where_nobody_is_called_so_it_stays_a_word_between_people(context: Context) -> None:
    parsed = parse("/zuweisen 12 an bob und john", replace(context, tongue="de"))
    assert parsed.as_dict()["script"][0]["users"] == ["bob", "john"]


def test_a_label_comes_before_a_word_between_labels(context: Context) -> None:
    parsed = parse("/unlabel 12 und", replace(context, tongue="de", labels=[*context.labels, "Und"]))
    assert isinstance(parsed, Script)
    assert parsed.commands[0].arguments["labels"] == ["Und"]
    assert parsed.text == "/unlabel 12 und"


@pytest.mark.parametrize(
    ("code", "text", "question"),
    [
        ("en", "/unassign 12 and", "Who?"),
        ("en", "/unassign and 12", "Who?"),
        ("en", "/unassign 12 to 13", "Who?"),
        ("en", "/unlabel 12 and", "Which label?"),
        ("de", "/freigeben 12 an", "Who?"),
        ("fr", "/libérer 12 et", "Who?"),
        ("es", "/desetiquetar 12 y", "Which label?"),
    ],
)
def test_words_that_lead_to_nothing_are_asked_about(
    code: str, text: str, question: str, context: Context
) -> None:
    refusal = parse(text, replace(context, tongue=code))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.message.split(" Try")[0]) == ("missing_argument", question)


def test_words_that_lead_to_somebody_may_stand_anywhere(context: Context) -> None:
    (command,) = parse("/unassign 12 and 13 to bob and", context).as_dict()["script"]
    assert (command["refs"], command["users"]) == ([12, 13], ["bob"])
