"""Words of a line, each with its place, and the small things that all readers need of them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from workspace.sentences import Sentence

SOFT_PUNCTUATION = ",;:.!?)"
QUOTES = {'"': '"', "“": "”"}
_WORD = re.compile(r"\S+")


class Word(NamedTuple):
    """A piece of a line, from `start` up to `end`."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> "Word":
        """The word without the punctuation after it."""
        text = self.text.rstrip(SOFT_PUNCTUATION)
        return Word(text, self.start, self.start + len(text))

    def after(self, prefix: str) -> "Word":
        """The word without `prefix`, which it starts with."""
        return Word(self.text[len(prefix) :], self.start + len(prefix), self.end)


def words_of(line: str, start: int = 0) -> list[Word]:
    """The words of `line` from `start` on."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(line, start)]


def pieces_of(word: Word) -> Iterator[Word]:
    """What stands between the commas of a word: "12,13" → "12" and "13"; the bare piece of each, empty ones left out."""
    if "," not in word.text:  # as in most of them
        if (found := word.bare).text:
            yield found
        return
    for piece in re.finditer(r"[^,]+", word.text):
        start = word.start + piece.start()
        if (found := Word(piece.group(), start, word.start + piece.end()).bare).text:
            yield found


def unquoted(text: str) -> str:
    """`text` without the straight or curly quotes around it."""
    if len(text) > 1 and text[0] in QUOTES and text[-1] in QUOTES[text[0]]:
        return text[1:-1].strip()
    return text


def normal(text: str) -> str:
    """`text` as it is compared: one Unicode form, no case."""
    return unicodedata.normalize("NFC", text).casefold()


def is_wordlike(text: str, also: str) -> bool:
    """Whether `text` has nothing but letters, digits, marks and the characters in `also`."""
    return text.isalnum() or (bool(text) and all(_is_part_of_word(letter, also) for letter in text))


def _is_part_of_word(letter: str, also: str) -> bool:
    return letter in also or unicodedata.category(letter)[0] in "LNM"


def has_letter(text: str) -> bool:
    """Whether there is a letter of any script in `text`."""
    return any(letter.isalpha() for letter in text)


def listing(parts: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """A list as a sentence has it: "#1, #2 and #3"."""
    if len(parts) < 2:
        return "".join(parts)
    both = {"and": "{most} and {last}", "or": "{most} or {last}"}
    return Sentence(both[last], most=", ".join(parts[:-1]), last=parts[-1])


def clipped(text: str, most: int = 40) -> str:
    """`text` short enough to be repeated in a sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"
