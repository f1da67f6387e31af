"""Catalogues of translations: reading the `.po` that people write, and making the `.mo` that Django reads.

Written out here, for the programs that do it otherwise are on no bare machine.
"""

import ast
import struct
from pathlib import Path

_MAGIC, _HEADER = 0x950412DE, 28


def read_po(path: Path) -> dict[str, str]:
    """The translations in a catalogue by the English ones; the empty text has the catalogue's own description."""
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    field = ""
    for line in [*path.read_text().splitlines(), ""]:
        named, quote, text = line.partition('"')
        if named in {"msgid ", "msgstr "}:
            field = named.strip()
            parts[field] = ""
        if quote and not named.startswith("#"):
            parts[field] += ast.literal_eval(quote + text)
        elif not line and "msgstr" in parts:
            found[parts["msgid"]] = parts["msgstr"]
            parts = {}
    return found


def as_mo(found: dict[str, str]) -> bytes:
    """The translations as GNU gettext stores them, in the order that it looks them up in."""
    pairs = sorted((english.encode(), said.encode()) for english, said in found.items() if said)
    count, texts = len(pairs), b""
    keys: list[int] = []
    values: list[int] = []
    start = _HEADER + 16 * count
    for column, places in ((0, keys), (1, values)):
        for pair in pairs:
            places += [len(pair[column]), start + len(texts)]
            texts += pair[column] + b"\0"
    head = [_MAGIC, 0, count, _HEADER, _HEADER + 8 * count, 0, _HEADER + 16 * count]
    return struct.pack(f"<{7 + 4 * count}I", *head, *keys, *values) + texts
