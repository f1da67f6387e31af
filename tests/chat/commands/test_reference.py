"""What the reference says is what there is, and what it shows works."""

from pathlib import Path

import pytest

from chat.commands import registry
from chat.commands.reference import markdown

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"
EXAMPLES = [example for command in registry.commands() for example in command.spec.examples]
BEFORE = [
    *("\n".join(f"/task Task {number}" for number in numbers) for numbers in (range(1, 8), range(8, 15))),
    "/subtask 12\n- One\n- Two",
    "/label 12 #design #bug\n/block 12 by 9\n/assign 12 @me\n/done 5",
    *("/remind me call Ana tomorrow" for _ in range(3)),
]


def test_the_reference_is_that_of_the_registry() -> None:
    assert PAGE.read_text() == markdown(), "manage.py commands > docs/commands.md"


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works(run, alice, example) -> None:
    for text in BEFORE:
        run(alice, text)
    if example == "/redo":
        run(alice, "/undo")
    run(alice, example)
