"""How much a task presses, by name or by rank."""

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.reading import Reading
from chat.language.tongue import folded
from chat.language.words import Word

PRIORITIES = ("urgent", "high", "medium", "low", "none")


def read_priority(word: Word, reading: Reading) -> str | None:
    """The priority in "!high" or "!2"; None when the word means none. A near miss raises `Mistake`."""
    name = word.text[1:].lower()
    if priority := _called(name, word, reading):
        return priority
    if found := nearest(name, _every(reading)):
        raise mistakes.unknown_priority(word.text, word, [f"!{each}" for each in found])
    return None


def find_priority(word: Word, reading: Reading) -> str:
    """The priority that `word` names, with or without its "!". Raises `Mistake`."""
    name = word.text.lower().removeprefix("!")
    if found := _called(name, word, reading):
        return found
    raise mistakes.not_a_priority(word.text, PRIORITIES, word, nearest(name, _every(reading)))


def _called(name: str, word: Word, reading: Reading) -> str:
    if name in PRIORITIES:
        return name
    if len(name) == 1 and name in "1234":
        return PRIORITIES[int(name) - 1]
    priority = reading.known.tongue.priorities.get(folded(name), "")
    if priority:
        reading.in_english.append((word, f"{word.text[: -len(name)]}{priority}"))
    return priority


def _every(reading: Reading) -> list[str]:
    return [*PRIORITIES, *reading.known.tongue.priorities]
