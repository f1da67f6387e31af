"""The kinds of arguments that commands can take: how each is read, and what is asked when it is missing.

A signature names them: "/due <tasks> <date|none>". A new kind is one `Kind` here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chat.language import mistakes
from chat.language.columns import find_column, matching_columns
from chat.language.people import add_member, find_member
from chat.language.reading import Reading
from chat.language.refs import SEPARATORS, is_ref, take_ref
from chat.language.titleline import read_title_line
from chat.language.titles import checked_title
from chat.language.tokens import read_due
from chat.language.words import normal, pieces_of, unquoted


@dataclass(frozen=True)
class Kind:
    """A kind of argument. `name` is for programs, `placeholder` stands in signatures, `key` in `Arguments`.

    `read` takes words and says whether it took any. A kind that `takes_rest` leaves nothing to the arguments after it
    but what it knows they want, so it is read in its turn; the others are told by their looks and come in any order.
    A kind that `reads_body` goes on in the lines under the command.
    """

    name: str
    placeholder: str
    key: str
    question: str
    read: Callable[[Reading], bool]
    takes_rest: bool = False
    reads_body: bool = False
    help: str = ""


def _tasks(reading: Reading) -> bool:
    """References with anything between them that people put there."""
    start = reading.position
    while left := reading.left:
        ahead = 1 if left[0].text.casefold() in SEPARATORS and reading.position > start else 0
        if len(left) <= ahead or not is_ref(left[ahead], reading.context.key):
            break
        reading.position += ahead
        take_ref(reading)
    return reading.position > start


def _leading_tasks(reading: Reading) -> bool:
    """References before a value: "12, 13" or "12 #13" go on, the rest is the value."""
    if not _task(reading):
        return False
    while (word := reading.word) and is_ref(word, reading.context.key):
        if not (word.text.startswith("#") or reading.words[reading.position - 1].text.endswith(",")):
            break
        take_ref(reading)
    return True


def _task(reading: Reading) -> bool:
    word = reading.word
    if not word or not is_ref(word, reading.context.key) or "refs" in reading.given:
        return False
    take_ref(reading)
    return True


def _people(reading: Reading) -> bool:
    start = reading.position
    while (word := reading.word) and not is_ref(word, reading.context.key):
        if word.text.casefold() not in SEPARATORS | {"to"}:
            for piece in pieces_of(word):
                add_member(find_member(piece, reading), reading.given.setdefault("users", []), piece)
        reading.take()
    return reading.position > start


def _column(reading: Reading) -> bool:
    words = reading.left
    if len(words) > 1 and normal(words[-1].text) in _PLACES:
        words = words[:-1]
    columns = reading.context.columns
    # "to" may be a part of the name: "/move 12 to do"
    if (
        len(words) > 1
        and normal(words[0].text) == "to"
        and not matching_columns(reading.span(words).text, columns)
    ):
        reading.take()
        words = words[1:]
    where = reading.span(words)
    reading.given["column"] = find_column(unquoted(where.text), where, columns)
    reading.take(len(words))
    return True


def _place(reading: Reading) -> bool:
    word = reading.word
    if not word or normal(word.text) not in _PLACES:
        return False
    reading.given["at"] = normal(word.text)
    reading.take()
    return True


def _date(reading: Reading) -> bool:
    reading.given["due"] = read_due(reading.rest, reading)
    reading.take_all()
    return True


def _new_title(reading: Reading) -> bool:
    rest = reading.rest
    reading.given["title"] = checked_title(rest.text, rest, reading.example)
    reading.take_all()
    return True


def _text(reading: Reading) -> bool:
    text = "\n".join(filter(None, [reading.rest.text, reading.body]))
    reading.body = ""
    reading.take_all()
    if text:
        reading.given["text"] = text
    return bool(text)


def _command(reading: Reading) -> bool:
    word = reading.word
    if not word or "text" in reading.given:
        return False
    name = word.text.removeprefix("/")
    if not (found := reading.known.commands.find(name)):
        called = reading.line.head.word.text
        raise mistakes.unknown_command(
            name, word, [f"{called} {each}" for each in reading.known.commands.near(name)]
        )
    reading.given["text"] = found.name
    reading.take()
    return True


_PLACES = frozenset({"top", "bottom"})
LEADING = Kind("tasks", "tasks", "refs", "Which task?", _leading_tasks)
KINDS = {
    kind.placeholder: kind
    for kind in (
        Kind(
            "tasks",
            "tasks",
            "refs",
            "Which task?",
            _tasks,
            help="Tasks are 12, #12, several as 12, 13 or 10..14, and ^ or last for the one you changed last.",
        ),
        Kind("task", "task", "refs", "Which task?", _task),
        Kind("people", "people", "users", "Who?", _people, help="People are @ana, or me."),
        Kind(
            "column",
            "column",
            "column",
            "Which column?",
            _column,
            takes_rest=True,
            help="A column goes by its name, its beginning, or one word of it.",
        ),
        Kind("place", "top|bottom", "at", "Top or bottom?", _place),
        Kind("date", "date|none", "due", "When?", _date, takes_rest=True),
        Kind(
            "title",
            "title",
            "title",
            "What is to be done?",
            read_title_line,
            takes_rest=True,
            reads_body=True,
        ),
        Kind("new_title", "new title", "title", "What is the new title?", _new_title, takes_rest=True),
        Kind("text", "text", "text", "What is there to say?", _text, takes_rest=True, reads_body=True),
        Kind("command", "command", "text", "Which command?", _command),
    )
}
