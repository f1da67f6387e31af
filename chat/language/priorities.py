"""How much a task presses, by name or by rank."""

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.words import Word

PRIORITIES = ("urgent", "high", "medium", "low", "none")


def read_priority(word: Word) -> str | None:
    """The priority in "!high" or "!2"; None when the word means none. A near miss raises `Mistake`."""
    name = word.text[1:].lower()
    if name in PRIORITIES:
        return name
    if len(name) == 1 and name in "1234":
        return PRIORITIES[int(name) - 1]
    if found := nearest(name, PRIORITIES):
        raise mistakes.unknown_priority(word.text, word, [f"!{each}" for each in found])
    return None


def find_priority(word: Word) -> str:
    """The priority that `word` names, with or without its "!". Raises `Mistake`."""
    name = word.text.lower().removeprefix("!")
    if name in PRIORITIES:
        return name
    if len(name) == 1 and name in "1234":
        return PRIORITIES[int(name) - 1]
    raise mistakes.not_a_priority(word.text, PRIORITIES, word, nearest(name, PRIORITIES))
