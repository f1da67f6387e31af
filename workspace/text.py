"""Makes text that people typed safe to store: what no screen shows, or what turns a line around, is left out."""

import re
import unicodedata

# Controls (PostgreSQL rejects NUL), lone surrogates (they cannot be encoded), bidi overrides and isolates, the BOM.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_GAPS = re.compile(r"\s+")


def clean_text(text: str) -> str:
    r"""`text` in NFC with `\n` for every line end, without unseen characters and without white space at its ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def clean_line(text: str) -> str:
    """`text` as one line: as `clean_text`, with one space for each run of white space."""
    return _GAPS.sub(" ", clean_text(text))
