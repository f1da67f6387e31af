"""The hundred cases of the language's specification."""

import json
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "cases" / "language.jsonl"
CASES = [json.loads(line) for line in FILE.read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["input"][:40] for case in CASES])
def test_it_is_understood_as_specified(case: dict, read) -> None:
    understood, expected = read(case["input"]), case["expect"]
    assert {key: understood.get(key) for key in expected} == expected
    if "refused" not in expected:
        assert understood.keys() == expected.keys()


def test_there_are_a_hundred_of_them() -> None:
    assert len(CASES) == 100
