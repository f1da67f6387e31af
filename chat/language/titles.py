"""What makes a title, and finding a task by it."""

import re
import unicodedata

from chat.language import mistakes
from chat.language.reading import Reading
from chat.language.words import Word, normal

LONGEST = 200
_PROPOSED = 3
_NUMBERS = re.compile(r"#0*(\d{1,9})(?:[\s,;.&]+#\d{1,9})*[\s,;.&]*")


def checked_title(text: str, where: Word, example: str) -> str:
    """`text` in one normal form, with single spaces. Raises `Mistake` when it is no title."""
    title = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(_says_something(character) for character in title):
        raise mistakes.title_empty(example, where)
    if found := _NUMBERS.fullmatch(title):
        raise mistakes.title_of_numbers(title, where, [f"/show {found[1]}"])
    if len(title) > LONGEST:
        raise mistakes.title_too_long(len(title), LONGEST, where)
    return title


def take_by_title(reading: Reading) -> bool:
    """Whether all of the arguments are the title of one task, which is then taken.

    Only the whole title will do: a guess could finish the wrong task. What is near is proposed.
    """
    whole = reading.whole
    wanted = _plain(whole.text)
    titles = [(number, _plain(title)) for number, title in reading.context.tasks.items()]
    same = [number for number, title in titles if title == wanted]
    if len(same) == 1:
        reading.given["refs"] = same
        reading.position = 0
        reading.take_all()
        return True
    near = same or [number for number, title in titles if wanted in title]
    if near:
        called = reading.line.head.word.text
        raise mistakes.several_tasks(whole.text, whole, [f"{called} {number}" for number in near[:_PROPOSED]])
    return False


def _plain(title: str) -> str:
    return " ".join(normal(title).split())


def _says_something(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"
