"""What makes a title, and finding a task by it."""

import re
import unicodedata
from collections.abc import Mapping

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


def take_by_title(reading: Reading) -> None:
    """Take all of the arguments as the title of a task. Raises `Mistake` when they are none's, or several tasks'.

    Only the whole title will do: a guess could finish the wrong task. What is near is proposed. Where references were
    understood, words that are no title are left for others to refuse.
    """
    whole = reading.whole
    wanted = _plain(whole.text)
    titles = {number: _plain(title) for number, title in reading.context.tasks.items()}
    same = [number for number, title in titles.items() if title == wanted]
    if len(same) == 1:
        reading.given["refs"] = same
        reading.take_all()
    elif same:
        raise mistakes.several_tasks(whole.text, whole, _lines(reading, same))
    elif "refs" not in reading.given:
        raise mistakes.unknown_task(f'"{whole.text}"', whole, _lines(reading, _near(wanted, titles)))


def _near(wanted: str, titles: Mapping[int, str]) -> list[int]:
    """The tasks whose titles have what is wanted in them, or else at least half of its words, most words first."""
    within = [number for number, title in titles.items() if wanted in title]
    if within:
        return within
    words = set(wanted.split())
    shared = {number: len(words.intersection(title.split())) for number, title in titles.items()}
    likely = [number for number, count in shared.items() if count * 2 >= len(words)]
    return sorted(likely, key=lambda number: -shared[number])


def _lines(reading: Reading, numbers: list[int]) -> list[str]:
    return [f"{reading.line.head.word.text} {number}" for number in numbers[:_PROPOSED]]


def _plain(title: str) -> str:
    return " ".join(normal(title).split())


def _says_something(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"
