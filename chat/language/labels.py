"""Labels: "#bug", also when nobody has used it yet."""

import unicodedata

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.reading import Reading
from chat.language.words import Word, has_letter, is_wordlike, normal
from workspace.sentences import Sentence

MOST = 20
LONGEST = 32


def is_label(name: str) -> bool:
    """Whether `name` can be a label: digits alone are a task's number."""
    return len(name) <= LONGEST and is_wordlike(name, "_-") and has_letter(name)


def name_of(word: Word) -> str:
    """The label's name, without the "#" before it."""
    return unicodedata.normalize("NFC", word.text.removeprefix("#"))


def add_label(word: Word, reading: Reading) -> None:
    """Give the task a label, by the name the project has for it, once, and twenty at most.

    A label that is new is noted: it may be a slip of the finger.
    """
    known, labels = reading.known.labels, reading.given.setdefault("labels", [])
    name = name_of(word)
    if normal(name) not in known:
        similar = nearest(name, known.values())
        new = "#{name} is a new label, similar to #{similar}." if similar else "#{name} is a new label."
        reading.notes.append(Sentence(new, name=name, similar="".join(similar[:1])))
        known[normal(name)] = name
    _add(known[normal(name)], labels, word)


def add_known_label(word: Word, reading: Reading) -> None:
    """Note a label that the project has. Raises `Mistake` for one that it has not."""
    known, name = reading.known.labels, name_of(word)
    if normal(name) not in known:
        raise mistakes.unknown_label(name, word, [f"#{each}" for each in nearest(name, known.values())])
    _add(known[normal(name)], reading.given.setdefault("labels", []), word)


def _add(name: str, labels: list[str], word: Word) -> None:
    if name not in labels:
        labels.append(name)
    if len(labels) > MOST:
        raise mistakes.too_many(len(labels), "labels on one task", MOST, word)
