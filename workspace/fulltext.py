"""Full-text search with one meaning on SQLite and PostgreSQL: all words, each by its beginning, accents and case aside.

    found(Message, parse('pricing "tablet crop"'), [project.pk], limit=50)

`"…"` finds words that stand together. The indexes are made by migrations with `index_on`, and kept by the database itself.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST = 200  # characters of a query
MOST_TERMS = 12
WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r'["“”„«]([^"“”„«»]*)["“”»]?|([^"“”„«»]+)')
LATIN_WITH_MARKS = re.compile("([a-z])[\u0300-\u036f]+")
Terms = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Query:
    """What to look for: `words` by their beginnings, `phrases` as whole words in a row."""

    words: tuple[str, ...] = ()
    phrases: Terms = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def parse(text: str) -> Query:
    """Read what somebody typed. Signs that belong to no word mean nothing, so there is nothing to get wrong."""
    words: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for quoted, loose in QUOTED.findall(text[:LONGEST]):
        words += words_of(loose)
        if phrase := tuple(words_of(quoted)):
            phrases.append(phrase)
    return Query(tuple(dict.fromkeys(words))[:MOST_TERMS], tuple(dict.fromkeys(phrases))[:MOST_TERMS])


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(fold(text))


def fold(text: str) -> str:
    """`text` in small letters, with the marks taken off Latin letters, as both databases do it."""
    plain = LATIN_WITH_MARKS.sub(r"\1", unicodedata.normalize("NFD", text.lower()))
    return unicodedata.normalize("NFC", plain)


def found(model: type[models.Model], query: Query, projects: Collection[int], limit: int) -> list[int]:
    """The ids of the rows of `model` that the query finds in these projects, the newest first. An empty query finds none.

    The index knows the project of each row, so that what others say costs nothing, and a frequent word ends with the limit.
    """
    if not query or not projects:
        return []
    statement, values = _finding(model, query, projects)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} DESC LIMIT %s", [*values, limit])
        return [pk for (pk,) in cursor.fetchall()]


def ids_of(model: type[models.Model], query: Query, projects: Collection[int]) -> RawSQL:
    """The ids of all rows that the query finds in these projects, for the database to look up: `pk__in=`."""
    statement, values = _finding(model, query, projects)
    return RawSQL(statement, values)  # noqa: S611, names of ours, and values apart


def _finding(model: type[models.Model], query: Query, projects: Collection[int]) -> tuple[str, list[Any]]:
    """A statement that finds the ids in ascending order, and its values."""
    table = model._meta.db_table  # noqa: SLF001, Django documents it
    if connection.vendor == "sqlite":
        index = f"{table}_fulltext"
        statement = f"SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rowid"  # noqa: S608
        return statement, [_for_sqlite(query, projects)]
    where = "fulltext @@ to_tsquery('simple', %s) AND project_id = ANY(%s)"
    statement = f"SELECT id FROM {table} WHERE {where} ORDER BY id"  # noqa: S608
    return statement, [_for_postgresql(query), list(projects)]


def _for_sqlite(query: Query, projects: Collection[int]) -> str:
    words = [f'"{word}"*' for word in query.words]
    terms = " AND ".join(words + [f'"{" ".join(phrase)}"' for phrase in query.phrases])
    places = " OR ".join(f'"{pk}"' for pk in projects)
    return f"project_id : ({places}) AND - project_id : ({terms})"


def _for_postgresql(query: Query) -> str:
    words = [f"{word}:*" for word in query.words]
    return " & ".join(words + [f"({' <-> '.join(phrase)})" for phrase in query.phrases])


def highlighted(text: str, query: Query, *, around: int | None = None) -> SafeString:
    """`text` as HTML with what was found in `<mark>`, cut to `around` characters on both sides of the first find."""
    found = list(_found(text, query))
    start, end = 0, len(text)
    if around is not None:
        first, last = found[0] if found else (0, 0)
        start, end = _whole(text, first, last, around)
    parts, at = ["…" if start else ""], start
    for first, last in found:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308, every piece of the text is escaped above


def _whole(text: str, first: int, last: int, around: int) -> tuple[int, int]:
    """Where a piece begins and ends that has `first` to `last` in it, and no half words at its edges."""
    start, end = max(0, first - around), min(len(text), max(last, first + around))
    while 0 < start < first and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while last < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return start, end


def _found(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where words of the query begin and end in `text`."""
    whole = {word for phrase in query.phrases for word in phrase}
    for match in WORD.finditer(text):
        word = fold(match[0])
        if word in whole or word.startswith(query.words or ("\0",)):
            yield match.span()
