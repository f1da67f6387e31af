"""How each kind of argument is read: a reader takes words, and says whether it took any."""

import re

from chat.language import mistakes
from chat.language.columns import find_column, matching_columns
from chat.language.people import add_member, find_member
from chat.language.reading import Reading
from chat.language.refs import SEPARATORS, is_ref, pieces_up_to_ref, take_ref
from chat.language.titles import checked_title
from chat.language.tokens import read_due
from chat.language.words import unquoted

_PLACES = frozenset({"top", "bottom"})
_BETWEEN_PEOPLE = SEPARATORS | {"to"}
_MARK = re.compile(r"(?:[-*+•]|\d{1,3}[.)])(?:\s+\[[ xX]?\])?(?:\s+|$)|\[[ xX]?\]\s+")


def read_tasks(reading: Reading) -> bool:
    """References with anything between them that people put there."""
    return _read_refs(reading)


def read_tasks_or_items(reading: Reading) -> bool:
    """As `read_tasks`, and items of tasks among them."""
    return _read_refs(reading, with_items=True)


def _read_refs(reading: Reading, *, with_items: bool = False) -> bool:
    start = end = reading.position
    told = len(reading.in_english)
    while word := reading.word:
        if is_ref(word, reading.known):
            take_ref(reading, with_items=with_items)
            end, told = reading.position, len(reading.in_english)
        elif start < end == reading.position and reading.means(word, SEPARATORS):
            reading.position += 1
        else:
            break
    reading.position = end  # a separator with nothing after it belongs to somebody else
    del reading.in_english[told:]
    return end > start


def read_leading_tasks(reading: Reading) -> bool:
    """References before a value: "12, 13" or "12 #13" go on, the rest is the value."""
    if not _read_ref(reading):
        return False
    while (word := reading.word) and is_ref(word, reading.known):
        if not (word.text.startswith("#") or reading.words[reading.position - 1].text.endswith(",")):
            break
        take_ref(reading)
    return True


def read_task(reading: Reading) -> bool:
    """A reference to one task."""
    word = reading.word
    if not word or not _read_ref(reading):
        return False
    if (count := len(reading.given["refs"])) > 1:
        raise mistakes.too_many(count, "tasks at once", 1, word)
    return True


def _read_ref(reading: Reading) -> bool:
    word = reading.word
    if not word or not is_ref(word, reading.known) or "refs" in reading.given:
        return False
    take_ref(reading)
    return True


def read_people(reading: Reading) -> bool:
    """People, with or without their "@", up to the next reference."""
    start = reading.position
    handles = reading.known.handles
    for piece in pieces_up_to_ref(reading, "words that name people", handles, _BETWEEN_PEOPLE):
        add_member(find_member(piece, reading), reading.given.setdefault("users", []), piece)
    return reading.position > start


def read_column(reading: Reading) -> bool:
    """The rest of the line, but for a place at its end, as a column."""
    words = reading.left
    if len(words) > 1 and reading.means(words[-1], _PLACES):
        words = words[:-1]
    columns = reading.context.columns
    # "to" may be a part of the name: "/move 12 to do"
    if (
        len(words) > 1
        and not matching_columns(reading.span(words).text, columns)
        and reading.means(words[0], {"to"})
    ):
        reading.take()
        words = words[1:]
    where = reading.span(words)
    reading.given["column"] = find_column(unquoted(where.text), where, columns)
    reading.take(len(words))
    return True


def read_place(reading: Reading) -> bool:
    """An end of a column."""
    word = reading.word
    if not word or not (place := reading.means(word, _PLACES)):
        return False
    reading.given["at"] = place
    reading.take()
    return True


def read_date(reading: Reading) -> bool:
    """The rest of the line as a date, or none."""
    reading.given["due"] = read_due(reading.rest, reading)
    reading.take_all()
    return True


def read_new_title(reading: Reading) -> bool:
    """The rest of the line as a title, exactly as typed."""
    rest = reading.rest
    reading.given["title"] = checked_title(rest.text, rest, reading.example)
    reading.take_all()
    return True


def read_text(reading: Reading) -> bool:
    """The rest of the line, and the lines under it."""
    under = reading.line.under
    gap = "\n\n" if under and not under[0].strip() else "\n"
    text = gap.join(filter(None, [reading.rest.text, reading.body]))
    reading.body = ""
    reading.take_all()
    if text:
        reading.given["text"] = text
    return bool(text)


def read_items(reading: Reading) -> bool:
    """The rest of the line as an item, and each of the lines under it; list marks before them are left out."""
    lines = f"{reading.rest.text}\n{reading.body}".splitlines()
    items = [text for line in lines if (text := _MARK.sub("", line.strip(), count=1).strip())]
    reading.body = ""
    reading.take_all()
    if items:
        reading.given["items"] = items
    return bool(items)


def read_command(reading: Reading) -> bool:
    """The name of a command."""
    word = reading.word
    if not word or "text" in reading.given:
        return False
    name = word.text.removeprefix("/")
    known = reading.known
    if not (found := known.commands.find(name, known.tongue)):
        called = reading.line.head.word.text
        near = known.commands.near(name, known.tongue)
        raise mistakes.unknown_command(name, word, [f"{called} {each}" for each in near])
    reading.given["text"] = found.name
    reading.take()
    return True
