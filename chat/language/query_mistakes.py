"""What can be wrong with a query."""

from collections.abc import Sequence

from chat.language.mistake import Mistake
from chat.language.words import Word, clipped, listing
from workspace.sentences import Sentence, together


def bad_filter(message: str, where: Word, suggestions: Sequence[str] = ()) -> Mistake:
    return Mistake("bad_filter", message, where, suggestions)


def no_such_label(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence("There is no label #{name} here.", name=clipped(name))
    if not suggestions:
        hint = Sentence("To look for the word, type {name} without the #.", name=clipped(name))
        message = together(message, hint)
    return bad_filter(message, where, suggestions)


def unknown_state(typed: str, where: Word, known: list[str], near: Sequence[str]) -> Mistake:
    message = Sentence(
        '"{typed}" is not a filter. There are {known}.', typed=clipped(typed), known=listing(known)
    )
    return bad_filter(message, where, near or known[:3])


def query_too_long(length: int, limit: int, where: Word) -> Mistake:
    return bad_filter(
        Sentence("The query is {length:,} characters; the limit is {limit}.", length=length, limit=limit),
        where,
    )
