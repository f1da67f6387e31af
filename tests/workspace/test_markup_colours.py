"""The colours of code can be read in both themes."""

import re
from pathlib import Path

import pytest

from workspace.markup.highlight import CLASSES

CSS = Path(__file__).parent.parent.parent / "static" / "css"
SHEET = (CSS / "components" / "code.css").read_text()
COLOURS = dict(re.findall(r"\.(\w+) \{\s+color: var\(--([\w-]+)\)", SHEET)) | {"": "ink"}


def theme(name: str) -> dict[str, str]:
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", (CSS / "tokens.css").read_text())
    return {token: light if name == "light" else dark for token, light, dark in pairs}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_class_has_a_colour():
    assert set(COLOURS) == {*CLASSES, ""}


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("shade", COLOURS)
def test_stands_out_from_its_ground(shade, name):
    tokens = theme(name)
    light, dark = sorted((luminance(tokens[COLOURS[shade]]), luminance(tokens["code-bg"])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
