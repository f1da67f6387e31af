"""The line that makes a task: a title with tokens in it."""

import re
from collections.abc import Iterator

from chat.language.reading import Reading
from chat.language.titles import checked_title
from chat.language.tokens import take_token
from chat.language.words import QUOTES, Word

_CLOSING = QUOTES | {"`": "`"}
_OPENED = re.compile(r"""(?:>|due:|every:)?(["“`])""")
_WORD = re.compile(r"\S")
_SPACE = re.compile(r"\s")
ESCAPED = tuple(f"\\{sigil}" for sigil in "@#!~>/\\")


def read_title_line(reading: Reading) -> bool:
    """Take the rest of the line as a title with tokens, and the lines under it as the description."""
    rest = reading.rest
    kept: list[str] = []
    words: list[Word] = []
    for item in items_of(reading.line.text, rest.start):
        if text := _kept(item, reading):
            kept.append(text)
            words.append(item)
    _mark_title(words, reading)
    reading.given["title"] = checked_title(" ".join(kept), rest, reading.example)
    if reading.body:
        reading.given["body"] = reading.body
    reading.body = ""
    reading.take_all()
    return True


def _mark_title(words: list[Word], reading: Reading) -> None:
    """Each stretch of words that no token breaks is a part of the title."""
    line, start = reading.line.text, 0
    for number, word in enumerate(words, 1):
        if number == len(words) or line[word.end : words[number].start].strip():
            reading.mark("title", Word("", words[start].start, word.end))
            start = number


def _kept(item: Word, reading: Reading) -> str:
    """What of the item belongs to the title: nothing, when it is a token."""
    if item.text.startswith(ESCAPED):
        return item.text[1:]
    return "" if take_token(item, reading) else item.text


def items_of(line: str, start: int, opened: re.Pattern[str] = _OPENED) -> Iterator[Word]:
    """The words from `start` on; what stands in quotes or backticks is one, also after the ">" or "due:" of a token.

    `opened` finds a quotation mark, its first group, with what may stand before it.
    """
    last = {closing: line.rfind(closing) for closing in _CLOSING.values()}
    word = _WORD.search(line, start)
    while word:
        space = _SPACE.search(
            line, _end_of_quotes(line, opened.match(line, word.start()), last) or word.start()
        )
        end = space.start() if space else len(line)
        yield Word(line[word.start() : end], word.start(), end)
        word = _WORD.search(line, end)


def _end_of_quotes(line: str, opened: re.Match[str] | None, last: dict[str, int]) -> int:
    """Where the quotes end that `opened` opens; 0 when none do."""
    if not opened:
        return 0
    closing = _CLOSING[opened[1]]
    # Looked up beforehand: a line of opening quotes must not be searched to its end for each of them.
    return line.index(closing, opened.end()) + 1 if last[closing] >= opened.end() else 0
