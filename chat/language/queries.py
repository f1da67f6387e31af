"""The one query language, of /find, /mine, /board, saved views, the search page and `?q=` in the API.

`@ana #bug #12 !high >review due:<=fri is:open -#design "words in a row"`: filters and words in any order.
"""

import re
from collections.abc import Callable

from chat.language import mistakes, query_mistakes
from chat.language.columns import find_column
from chat.language.filters import STATES, Filter, Query
from chat.language.labels import is_label
from chat.language.nearest import nearest
from chat.language.people import find_member, is_handle
from chat.language.priorities import read_priority
from chat.language.reading import Reading
from chat.language.titleline import ESCAPED, items_of
from chat.language.tokens import read_due
from chat.language.words import Word, has_letter, is_wordlike, normal, unquoted
from workspace.sentences import Sentence

LONGEST = 200  # characters
MOST = 20  # filters
EXAMPLE = "@me is:open due:<=fri"
_OPENED = re.compile(r"""-?(?:>|due:[<>]?=?)?(["“])""")
_NUMBER = re.compile(r"#0*(\d{1,9})", re.ASCII)
_SIGN = re.compile(r"[<>]?=?")


def read_query(reading: Reading) -> bool:
    """The rest of the line, as an argument."""
    query = query_of(reading)
    reading.given["filters"] = list(query.filters)
    if query.text:
        reading.given["text"] = query.text
    return True


def query_of(reading: Reading) -> Query:
    """The rest of the line as a query. Raises `Mistake`."""
    rest = reading.rest
    if len(rest.text) > LONGEST:
        raise query_mistakes.query_too_long(len(rest.text), LONGEST, rest)
    filters, words = [], []
    for item in items_of(reading.line.text, rest.start, _OPENED):
        if found := _filter(item, reading):
            filters.append(found)
        else:
            words.append(item.text[1:] if item.text.startswith(ESCAPED) else item.text)
        if len(filters) > MOST:
            raise mistakes.too_many(len(filters), "filters in one query", MOST, item)
    reading.take_all()
    return Query(list(dict.fromkeys(filters)), " ".join(words))


def _filter(word: Word, reading: Reading) -> Filter | None:
    """What `word` filters by; None for a word that has to be there."""
    is_negated = word.text.startswith("-") and any(letter.isalnum() for letter in word.text)
    if is_negated:
        word = word.after("-")
    found = next((read(word, reading) for prefix, read in _READERS.items() if _starts(word, prefix)), None)
    if not is_negated:
        return found
    found = found or Filter("text", word.text)
    return Filter(found.field, found.value, found.sign, is_negated=True)


def _starts(word: Word, prefix: str) -> bool:
    return normal(word.text[: len(prefix)]) == prefix and (len(word.text) > 1)


def _person(word: Word, reading: Reading) -> Filter | None:
    if not is_handle(word.bare.text[1:]):
        return None
    return Filter("assignee", find_member(word.bare, reading))


def _label(word: Word, reading: Reading) -> Filter | None:
    bare = word.bare
    if number := _NUMBER.fullmatch(bare.text):
        return Filter("number", int(number[1]))
    name = bare.text[1:]
    if not is_label(name):
        return None
    labels = reading.known.labels
    if normal(name) not in labels:
        near = [f"#{each}" for each in nearest(name, labels.values())]
        raise query_mistakes.no_such_label(name, bare, near)
    return Filter("label", labels[normal(name)])


def _priority(word: Word, reading: Reading) -> Filter | None:
    priority = read_priority(word.bare, reading) if is_wordlike(word.bare.text[1:], "") else None
    return Filter("priority", priority) if priority else None


def _column(word: Word, reading: Reading) -> Filter | None:
    typed = word.bare.after(">")
    name = unquoted(typed.text)
    if name == typed.text and not is_wordlike(name, "_-"):
        return None
    if not has_letter(name[:1]) and normal(name) not in reading.known.columns:
        return None
    return Filter("column", find_column(name, typed, reading.context.columns, quoted=True))


def _due(word: Word, reading: Reading) -> Filter:
    typed = word.after("due:")
    sign = _SIGN.match(typed.text)
    date = typed.after(sign[0] if sign else "")
    if not unquoted(date.text):
        raise query_mistakes.bad_filter(Sentence("Due when? Try due:fri, due:<=27-nov or due:none."), word)
    when = read_due(date, reading, quoted=True)
    if when is None and sign and sign[0] not in {"", "="}:
        raise query_mistakes.bad_filter(
            Sentence("A task without a date is neither before nor after one."), word, ["due:none"]
        )
    return Filter("due", when, (sign and sign[0]) or "=")


def _state(word: Word, _: Reading) -> Filter:
    bare = word.bare if ":" in word.bare.text else word
    state = normal(bare.text[3:])
    if state not in STATES:
        near = [f"is:{each}" for each in nearest(state, STATES)]
        raise query_mistakes.unknown_state(bare.text, bare, [f"is:{each}" for each in STATES], near)
    return Filter("is", state)


_READERS: dict[str, Callable[[Word, Reading], Filter | None]] = {
    "@": _person,
    "#": _label,
    "!": _priority,
    ">": _column,
    "due:": _due,
    "is:": _state,
}
