"""Labels: "#bug", also when nobody has used it yet."""

from collections.abc import Collection

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.words import Word, has_letter, is_wordlike, normal

MOST = 20
LONGEST = 32


def is_label(name: str) -> bool:
    """Whether `name` can be a label: digits alone are a task's number."""
    return len(name) <= LONGEST and is_wordlike(name, "_-") and has_letter(name)


def add_label(name: str, labels: list[str], known: Collection[str], word: Word) -> str:
    """Note a label by the name the project has for it, once, and twenty at most.

    Gives a sentence for the author when the label is new: it may be a slip of the finger.
    """
    if normal(name) in map(normal, labels):
        return ""
    names = {normal(label): label for label in known}
    labels.append(names.get(normal(name), name))
    if len(labels) > MOST:
        raise mistakes.too_many(len(labels), "labels", MOST, word)
    return "" if normal(name) in names else _new(name, known)


def _new(name: str, known: Collection[str]) -> str:
    similar = [f"#{label}" for label in nearest(name, known)]
    return f"#{name} is a new label" + (f", similar to {similar[0]}." if similar else ".")
