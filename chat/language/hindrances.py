"""What is in the way of a task: "by 9", or a few words."""

from collections.abc import Sequence

from chat.language import mistakes
from chat.language.reading import Reading
from chat.language.refs import SEPARATORS, is_ref, take_ref
from chat.language.words import Word, normal

LONGEST = 200


def read_hindrance(reading: Reading) -> bool:
    """The rest of the line: tasks, if it is nothing else, or a reason."""
    if read_blockers(reading):
        return True
    rest = reading.rest
    text = " ".join(rest.text.split())
    if len(text) > LONGEST:
        raise mistakes.reason_too_long(len(text), LONGEST, rest)
    reading.given["reason"] = text
    reading.take_all()
    return True


def read_blockers(reading: Reading) -> bool:
    """The rest of the line, if it is references with or without "by" before them."""
    words = reading.left
    if normal(words[0].text) == "by":
        words = words[1:]
    if not _are_refs(words, reading.context.key):
        return False
    while word := reading.word:
        if is_ref(word, reading.context.key):
            take_ref(reading, "by")
        else:
            reading.take()
    return True


def _are_refs(words: Sequence[Word], key: str) -> bool:
    """Whether the words are references, with nothing but separators between them. The first other word ends the search."""
    found = False
    for word in words:
        if is_ref(word, key):
            found = True
        elif word.text.casefold() not in SEPARATORS:
            return False
    return found
