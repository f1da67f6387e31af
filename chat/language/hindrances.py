"""What is in the way of a task: "by 9", or a few words."""

from chat.language import mistakes
from chat.language.reading import Reading
from chat.language.refs import SEPARATORS, is_ref, take_ref
from chat.language.words import normal

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
    others = [word for word in words if not is_ref(word, reading.context.key)]
    if len(others) == len(words) or any(word.text.casefold() not in SEPARATORS for word in others):
        return False
    while word := reading.word:
        if is_ref(word, reading.context.key):
            take_ref(reading, "by")
        else:
            reading.take()
    return True
