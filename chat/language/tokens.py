"""The tokens of a title line: @people, #labels, !priority, ~estimate, >column, due: and every:."""

from collections.abc import Callable
from typing import NamedTuple

from chat.language import mistakes
from chat.language.columns import find_column
from chat.language.dates import BadDate, When, date_in_english
from chat.language.estimates import read_estimate
from chat.language.labels import add_label, is_label
from chat.language.mistake import Mistake
from chat.language.people import add_member, find_member, is_handle
from chat.language.priorities import read_priority
from chat.language.reading import Reading
from chat.language.repeats import read_repeat
from chat.language.words import Word, has_letter, is_wordlike, normal, unquoted


class Token(NamedTuple):
    """What a sign at the start of a word means: the argument it gives, what can be chosen, and how it is read."""

    key: str
    choices: str
    read: Callable[[Word, Reading], bool]


def take_token(word: Word, reading: Reading) -> bool:
    """Whether `word` is a token, which is then noted. A word that only looks like one belongs to the title."""
    for prefix, token in TOKENS.items():
        if word.text.startswith(prefix) and len(word.text) > len(prefix):
            is_token = token.read(word, reading)
            if is_token:
                reading.mark(token.key, word.bare)
            return is_token
    return False


def read_due(word: Word, reading: Reading, *, quoted: bool = False) -> When | None:
    """The date that `word` names; the punctuation after it may be a part of it ("27.11.") or of the sentence."""
    text = unquoted(word.text)
    bare = unquoted(word.bare.text)
    try:
        when, english = date_in_english(text, reading.context.now, reading.known.tongue)
    except BadDate as problem:
        if bare != text and bare:
            return read_due(word.bare, reading, quoted=quoted)
        raise Mistake(problem.code, problem.message, word, problem.suggestions, quoted=quoted) from None
    if english:
        reading.in_english.append((word, f'"{english}"' if quoted and " " in english else english))
    return when


def _person(word: Word, reading: Reading) -> bool:
    bare = word.bare
    if not is_handle(bare.text[1:]):
        return False
    handle = find_member(bare, reading, escape=f"\\{bare.text}")
    add_member(handle, reading.given.setdefault("assignees", []), bare)
    return True


def _label(word: Word, reading: Reading) -> bool:
    if not is_label(word.bare.text[1:]):
        return False
    add_label(word.bare, reading)
    return True


def _priority(word: Word, reading: Reading) -> bool:
    if not is_wordlike(word.bare.text[1:], "") or not (priority := read_priority(word.bare, reading)):
        return False
    _check_first("priority", "priority", word, reading)
    reading.given["priority"] = priority
    return True


def _estimate(word: Word, reading: Reading) -> bool:
    if not (estimate := read_estimate(word.bare.text[1:])):
        return False
    _check_first("estimate", "the estimate", word, reading)
    reading.given["estimate"] = estimate
    return True


def _column(word: Word, reading: Reading) -> bool:
    typed = word.bare.after(">")
    name = unquoted(typed.text)
    if name == typed.text and not is_wordlike(name, "_-"):
        return False
    if not has_letter(name[:1]) and normal(name) not in reading.known.columns:
        return False
    _check_first("column", "the column", word, reading)
    reading.given["column"] = find_column(name, typed, reading.context.columns, quoted=True)
    return True


def _due(word: Word, reading: Reading) -> bool:
    _check_first("due", "the due date", word, reading)
    reading.given["due"] = read_due(word.after("due:"), reading, quoted=True)
    return True


def _every(word: Word, reading: Reading) -> bool:
    _check_first("every", "how often it repeats", word, reading)
    reading.given["every"] = read_repeat(word.after("every:"), reading)
    return True


def _check_first(key: str, what: str, word: Word, reading: Reading) -> None:
    if key in reading.given:
        raise mistakes.duplicate_token(what, word.bare)


TOKENS = {
    "@": Token("assignees", "person", _person),
    "#": Token("labels", "label", _label),
    "!": Token("priority", "priority", _priority),
    "~": Token("estimate", "estimate", _estimate),
    ">": Token("column", "column", _column),
    "due:": Token("due", "date", _due),
    "every:": Token("every", "repeat", _every),
}
