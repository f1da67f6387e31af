"""The big list of naughty strings in every field: each is stored as it was typed, in one normal form, or refused."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from tests.content.fields import FIELDS
from tests.faults.extent import extent

CASES = Path(__file__).parent.parent / "cases"
NAUGHTY = json.loads((CASES / "naughty-strings.json").read_text())["strings"]
HOSTILE = json.loads((CASES / "hostile-names.json").read_text())
TEXTS = [*NAUGHTY, *HOSTILE["display_names"], *HOSTILE["filenames"]]
SHARE = extent(20, 1)  # in the short form each field gets another twentieth of them
# What no field keeps: controls, what turns a line around, byte-order marks, halves of characters.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
WHOLE = {"message of the form", "message of a program", "message of a socket", "notes"}
LINES = {"task title", "display name", "project name", "column name", "token name"}


@pytest.mark.parametrize("number", range(len(FIELDS)), ids=list(FIELDS))
def test_no_string_breaks_a_field(number, desk):
    name, field = list(FIELDS.items())[number]
    for text in TEXTS[number % SHARE :: SHARE]:
        stored = field(desk, text)
        if stored is None:
            continue
        assert not UNSEEN.search(stored), text
        assert stored == unicodedata.normalize("NFC", stored), text
        if name in WHOLE and not UNSEEN.search(text) and text[:1] not in "/ \t\uff0f":
            assert stored == unicodedata.normalize("NFC", text).strip(), "it is kept to the last character"
    for path in (
        "",
        "/board",
        f"/t/{desk.task.number}",
        "/settings/columns",
        "/settings/labels",
        "/settings/general",
    ):
        assert desk.get(desk.home + path) == 200
    assert desk.get("/projects") == desk.get("/settings/tokens") == 200


@pytest.mark.parametrize("name", sorted(WHOLE | LINES))
def test_each_of_these_fields_stores_something(name, desk):
    assert FIELDS[name](desk, "Zoe\u0308 and friends 👩‍💻 𠮷") == "Zoë and friends 👩‍💻 𠮷"
