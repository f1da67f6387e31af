"""The registry: the one list that the parser, the help, the page and the API read."""

import pytest

from chat.commands import registry
from chat.language import VOCABULARY, Spec, Vocabulary, arguments_of


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
        "signature": "/move <tasks> <column> [top|bottom]",
        "arguments": ["tasks", "column", "place"],
        "examples": ["/move 12 done", "/move 12 to done top"],
        "group": "board",
    }


def test_two_commands_cannot_have_one_name() -> None:
    vocabulary = Vocabulary()
    vocabulary.add(Spec("done", "/done", (), ("close",)))
    with pytest.raises(ValueError, match="/close is /done already"):
        vocabulary.add(Spec("archive", "/archive", (), ("close",)))


def test_a_signature_with_an_unknown_argument_is_a_mistake_at_start() -> None:
    with pytest.raises(KeyError):
        arguments_of("/paint <colour>")
