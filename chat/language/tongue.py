"""What another tongue adds to the language: names of commands and words. English always works, and comes first."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chat.language.datewords import WEEKDAYS
from chat.language.words import normal

Rewriting = tuple[str, str]  # a pattern, and what stands for what it finds

_NO_LETTER_BEFORE, _NO_LETTER_AFTER = "(?<![a-z])", "(?![a-z])"
SHORT = 3
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}  # where a keyboard has none


@dataclass(frozen=True, eq=False)
class Tongue:
    """The words of a tongue, folded, each with the English ones that it stands for.

    `commands` are further names by the canonical one. `words` stand between arguments ("und", "oben"), `repeats` after
    "every:". A date is put into English: first by `before`, then its `dates`, whole phrases of them, then by `after`.
    `suggested` are dates as people write them. `leads` lead to what a reminder is about, as "to" does.

    What differs from another word by an accent alone is written with it among `words`: "mí" is "me", "mi" is "my".
    """

    code: str
    name: str
    commands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    priorities: Mapping[str, str] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    suggested: Sequence[str] = ()
    leads: Collection[str] = ()
    before: Sequence[Rewriting] = ()
    after: Sequence[Rewriting] = ()

    def command(self, name: str) -> str:
        """The canonical name of the command that is called `name` here, or nothing."""
        return self._canonical.get(_joined(folded(name)), "")

    def word(self, text: str) -> str:
        """The English word that stands for this one, or nothing."""
        if not self.words:
            return ""
        return self.words.get(folded(text)) or self.words.get(normal(text), "")

    def is_short_day(self, word: str) -> bool:
        """Whether it is a day of the week in three letters or fewer, which are words and names, too: Sam, Mo, Dom."""
        return len(word) <= SHORT and self.dates.get(folded(word)) in WEEKDAYS

    def repeat(self, text: str) -> str:
        """How often, in English as far as it is known: "Mo, Do" is "mon,thu"."""
        return ",".join(self.repeats.get(folded(name.strip()), name) for name in text.split(","))

    def date(self, text: str) -> str:
        """A date in English, as far as its words are known. Where a tongue adds nothing, nothing."""
        if not self.dates:
            return ""
        words = " ".join(re.sub(r"(?<=[a-z])[-_](?=[a-z0-9])", " ", folded(text)).split())
        for pattern, english in self._before:
            words = pattern.sub(english, words)
        words = " ".join(self._phrases.sub(lambda found: self.dates[found[0]], words).split())
        for pattern, english in self._after:
            words = pattern.sub(english, words)
        return words.strip()

    @cached_property
    def _canonical(self) -> dict[str, str]:
        return {
            _joined(folded(spelt)): name
            for name, aliases in self.commands.items()
            for alias in aliases
            for spelt in (alias, alias.translate(_UMLAUTS))
        }

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        longest_first = sorted(self.dates, key=len, reverse=True)
        return re.compile(
            f"{_NO_LETTER_BEFORE}(?:{'|'.join(map(re.escape, longest_first))}){_NO_LETTER_AFTER}"
        )

    @cached_property
    def _before(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(pattern, re.ASCII), english) for pattern, english in self.before]

    @cached_property
    def _after(self) -> list[tuple[re.Pattern[str], str]]:
        return [(re.compile(pattern, re.ASCII), english) for pattern, english in self.after]


ENGLISH = Tongue("en", "English")


def folded(text: str) -> str:
    """`text` as words of other tongues are compared: no case, no accents, one apostrophe."""
    plain = normal(text).replace("’", "'")
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _joined(name: str) -> str:
    return name.replace("-", "").replace("_", "")
