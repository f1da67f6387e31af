"""What is in the way of a task: "by 9", or a few words."""

from collections.abc import Sequence

from chat.language import mistakes
from chat.language.reading import Reading
from chat.language.refs import SEPARATORS, is_ref, take_ref
from chat.language.words import Word

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
    words, before = reading.left, len(reading.in_english)
    if reading.means(words[0], {"by"}):
        words = words[1:]
    if not _are_refs(words, reading):
        del reading.in_english[before:]  # they are words of a reason
        return False
    while word := reading.word:
        if is_ref(word, reading.known):
            take_ref(reading, "by")
        else:
            reading.take()
    return True


def _are_refs(words: Sequence[Word], reading: Reading) -> bool:
    """Whether the words are references, with nothing but separators between them. The first other word ends the search."""
    found = False
    for word in words:
        if is_ref(word, reading.known):
            found = True
        elif not reading.means(word, SEPARATORS):
            return False
    return found
