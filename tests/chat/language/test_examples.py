"""The examples in the commands' help."""

import pytest

from chat.language import VOCABULARY, Script, parse

EXAMPLES = [(spec.name, line) for spec in VOCABULARY for line in spec.examples]


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_is_understood(name, line, context) -> None:
    parsed = parse(line, context)
    assert isinstance(parsed, Script)
    assert [command.name for command in parsed.commands] == [name]


def test_there_are_examples_to_look_at() -> None:
    assert len(EXAMPLES) >= len(list(VOCABULARY))
