"""Words of people within words of ours."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!~|-])")
_NAMES = re.compile("([@&])")  # what follows them must be nobody's name, and no entity


def quoted(text: str) -> str:
    """The text, one line, as Markdown that shows it as it is, and calls nobody."""
    return _NAMES.sub("\\1\u2060", _MARKUP.sub(r"\\\1", text))
