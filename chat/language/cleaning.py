"""What every text goes through before it is read or stored."""

import re
import unicodedata

# Control characters (PostgreSQL refuses NUL), lone surrogates (they cannot be encoded), byte-order marks, and the
# marks that reverse the reading direction, with which "exe.png" can be shown for "gnp.exe". Newline and tab stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Characters that Unicode calls letters or symbols, and that show nothing.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean(text: str) -> str:
    """`text` without what must not be stored, and with line feeds between its lines."""
    return _UNWANTED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def is_blank(text: str) -> bool:
    """Whether `text` shows nothing."""
    return all(_is_invisible(character) for character in text)


def _is_invisible(character: str) -> bool:
    return character.isspace() or character in _FILLERS or unicodedata.category(character) == "Cf"
