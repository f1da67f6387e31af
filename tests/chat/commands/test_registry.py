"""The registry: the one list that the parser, the help, the page and the API read."""

import pytest

from chat.commands import registry
from chat.language import VOCABULARY, Spec, Vocabulary, arguments_of
from chat.language.hints import CHOICES


def test_every_file_with_a_command_is_found() -> None:
    names = {command.spec.name for command in registry.commands()}
    assert {
        "task",
        "done",
        "reopen",
        "start",
        "assign",
        "move",
        "due",
        "rename",
        "undo",
        "help",
        "me",
    } <= names
    assert names == {spec.name for spec in VOCABULARY}


@pytest.mark.parametrize("command", registry.commands(), ids=lambda command: command.spec.name)
def test_every_command_explains_itself(command) -> None:
    assert command.summary.endswith(".")
    assert command.spec.examples
    assert command.spec.signature.startswith(f"/{command.spec.name}")


def test_as_data_it_says_how_to_complete(project) -> None:
    data = {command["name"]: command for command in registry.as_data()}
    assert data["move"] == {
        "name": "move",
        "aliases": ["mv", "status"],
        "summary": "Move tasks to a column of the board.",
        "gist": "Move tasks to a column of the board",
        "signature": "/move <tasks> <column> [top|bottom]",
        "arguments": ["tasks", "column", "place"],
        "choices": ["task", "column", "top|bottom"],
        "examples": ["/move 12 done", "/move 12 to done top"],
        "group": "board",
    }


@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_a_signature_keeps_the_name_in_every_tongue(code) -> None:
    for command in registry.commands():
        name, _, places = command.as_dict(code)["signature"].partition(" ")
        assert name == f"/{command.spec.name}"
        assert not places or places != command.spec.signature.partition(" ")[2]


def test_whatever_can_be_chosen_is_suggested() -> None:
    """An argument that is not free text names its choices, so that the composer needs no list of its own."""
    places = [place for command in registry.commands() for place in command.spec.arguments]
    assert any(place.kind.choices for place in places)
    for kind in {place.kind.name: place.kind for place in places}.values():
        named = kind.choices in CHOICES | {"title"} or "|" in kind.choices
        assert named or (not kind.choices and kind.takes_rest), kind.name


def test_two_commands_cannot_have_one_name() -> None:
    vocabulary = Vocabulary()
    vocabulary.add(Spec("done", "/done", (), ("close",)))
    with pytest.raises(ValueError, match="/close is /done already"):
        vocabulary.add(Spec("archive", "/archive", (), ("close",)))


def test_a_signature_with_an_unknown_argument_is_a_mistake_at_start() -> None:
    with pytest.raises(KeyError):
        arguments_of("/paint <colour>")
