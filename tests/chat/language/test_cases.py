"""The hundred cases of the language's specification."""

import json
from pathlib import Path

import pytest

from chat.language import VOCABULARY
from chat.language.lines import head_of, straightened

FILE = Path(__file__).parents[2] / "cases" / "language.jsonl"
CASES = [json.loads(line) for line in FILE.read_text().splitlines()]
WAITING = {
    "comment": 1,
}  # fmt: skip


def waits_for(case: dict) -> str:
    """The command that a case is about and that does not exist yet."""
    head = head_of(straightened(case["input"]).split("\n")[0])
    if not head or case["expect"].get("refused") == "unknown_command" or VOCABULARY.find(head.name):
        return ""
    return head.name.replace("-", "")


@pytest.mark.parametrize("case", CASES, ids=[case["input"][:40] for case in CASES])
def test_it_is_understood_as_specified(case: dict, read) -> None:
    if name := waits_for(case):
        pytest.skip(f"/{name} is not in the registry")
    understood, expected = read(case["input"]), case["expect"]
    assert {key: understood.get(key) for key in expected} == expected
    if "refused" not in expected:
        assert understood.keys() == expected.keys()


def test_only_cases_of_commands_to_come_are_left_out() -> None:
    waiting = [name for case in CASES if (name := waits_for(case))]
    assert {name: waiting.count(name) for name in waiting} == WAITING
    assert len(CASES) == 100
