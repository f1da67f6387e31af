"""References to tasks: 12, #12, WEB-12, 10..12, ^ and last."""

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import Literal

from chat.language import mistakes
from chat.language.known import Known
from chat.language.reading import Reading
from chat.language.words import SOFT_PUNCTUATION, Word, normal, pieces_of

MOST = 25
MOST_WORDS = 250  # that name them: who repeats himself is heard out as far as anybody would read
SEPARATORS = frozenset({"and", "&", ","})
_DIGITS = r"#?0*(\d{1,9})"  # longer ones are no task's, and Python would not count them
_NUMBER = re.compile(rf"{_DIGITS}(?:\.(\d{{1,3}}))?")
_KEY = r"([A-Z][A-Z0-9]{1,9})-"
_KEYED = re.compile(_KEY + _DIGITS, re.IGNORECASE)
_RANGE = re.compile(rf"(?:{_KEY})?{_DIGITS}(?:\.\.\.?|…)(?:{_KEY})?{_DIGITS}", re.IGNORECASE)
_NUMERIC = re.compile(r"[#+-]*\d+")
_LAST = frozenset({"^", "last"})


def is_ref(word: Word, known: Known) -> bool:
    """Whether `word` has the shape of a task reference, or of several with commas between.

    Of words with a dash and a number, only those in capitals look like a reference, or those with the project's own key.
    """
    shapes = (_has_shape(piece.text, known) for piece in islice(pieces_of(word), MOST_WORDS))
    return next(shapes, False) and all(shapes)


def take_ref(reading: Reading, key: Literal["refs", "by"] = "refs", *, with_items: bool = False) -> None:
    """Add what the next word, which `is_ref`, refers to. Raises `Mistake` for a task that does not exist.

    An item ("12.2") is told from its task `with_items`, and is a mistake otherwise.
    """
    word = reading.words[reading.position]
    if max(reading.position, commas := word.text.count(",")) > MOST_WORDS:
        count = max(len(reading.words), commas)
        raise mistakes.too_many(count, "words that name tasks", MOST_WORDS, word)
    numbers = reading.given.setdefault(key, [])
    for piece in pieces_of(word):
        if with_items and (found := _NUMBER.fullmatch(piece.text)) and found[2]:
            _add_item(int(found[1]), int(found[2]), piece, reading)
            continue
        for number in _numbers(piece, reading):
            if number not in reading.context.tasks:
                raise mistakes.unknown_task(f"#{number}", piece)
            if number not in numbers:
                numbers.append(number)
        if len(numbers) > MOST:
            raise mistakes.too_many(len(numbers), "tasks at once", MOST, piece)
    reading.take(understood_to=word.start + len(word.text.rstrip(SOFT_PUNCTUATION)))


def take_implied(reading: Reading) -> bool:
    """Add the task in whose conversation the line is said. Raises `Mistake` where that does not exist."""
    number = reading.context.task
    if number is None:
        return False
    if number not in reading.context.tasks:  # it may be gone since the page was opened
        raise mistakes.unknown_task(f"#{number}", reading.line.head.word)
    reading.given["refs"] = [number]
    return True


def pieces_up_to_ref(
    reading: Reading, what: str, names: Container[str], fillers: frozenset[str] = SEPARATORS
) -> Iterator[Word]:
    """Take the words up to the next reference, and give the pieces of those that are no fillers: `what` they are.

    What the project calls by one of the `names` is no filler of a tongue: left out, it would mean everything.
    """
    count = 0
    while (word := reading.word) and not is_ref(word, reading.known):
        text = normal(word.text)
        is_filler = text in fillers or (text not in names and reading.means(word, fillers))
        for piece in () if is_filler else pieces_of(word):
            count += 1
            if count > MOST_WORDS:
                raise mistakes.too_many(count, what, MOST_WORDS, piece)
            yield piece
        reading.take()


def _add_item(number: int, item: int, piece: Word, reading: Reading) -> None:
    if number not in reading.context.tasks:
        raise mistakes.unknown_task(f"#{number}", piece)
    parts, part = reading.given.setdefault("parts", []), f"{number}.{item}"
    if part not in parts:
        parts.append(part)
    if len(parts) > MOST:
        raise mistakes.too_many(len(parts), "items at once", MOST, piece)


def _has_shape(text: str, known: Known) -> bool:
    if found := _KEYED.fullmatch(text):
        return found[1].isupper() or normal(found[1]) == normal(known.context.key)
    if normal(text) in _LAST or known.tongue.word(text) in _LAST:
        return True
    return any(shape.fullmatch(text) for shape in (_NUMBER, _RANGE, _NUMERIC))


def _numbers(piece: Word, reading: Reading) -> Iterator[int]:
    text = piece.text
    if reading.means(piece, _LAST):
        yield _last(piece, reading)
    elif found := _NUMBER.fullmatch(text):
        if found[2]:
            raise mistakes.unknown_item(int(found[1]), int(found[2]), piece)
        yield int(found[1])
    elif found := _RANGE.fullmatch(text):
        _check_keys([found[1], found[3]], piece, reading)
        yield from _range(int(found[2]), int(found[4]), piece)
    elif found := _KEYED.fullmatch(text):
        _check_keys([found[1]], piece, reading)
        yield int(found[2])
    else:
        raise mistakes.unknown_task(text, piece)


def _check_keys(keys: list[str | None], piece: Word, reading: Reading) -> None:
    if any(key and normal(key) != normal(reading.context.key) for key in keys):
        raise mistakes.wrong_project(piece.text, piece)


def _last(piece: Word, reading: Reading) -> int:
    if reading.context.last is None:
        raise mistakes.nothing_touched(reading.example, piece)
    return reading.context.last


def _range(one: int, other: int, piece: Word) -> range:
    first, last = sorted((one, other))
    if last - first >= MOST:
        raise mistakes.too_many(last - first + 1, "tasks at once", MOST, piece)
    return range(first, last + 1)
