"""Where a reminder names its moment, and what is left to be reminded of: in English, or in its author's tongue."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from chat.language.dates import LONGEST, When, seek_date
from chat.language.reading import Reading
from chat.language.refs import MOST_WORDS, is_ref
from chat.language.tongue import ENGLISH, Tongue, folded
from chat.language.words import Word, normal

_BEFORE_A_DATE = frozenset({"on", "by"})
_TO = frozenset({"to"})
_TO_OR_ABOUT = frozenset({"to", "about"})


class Found(NamedTuple):
    """A moment, with the words that name it, that say what is to be done then, and that refer to tasks."""

    when: When
    typed: Sequence[Word]
    text: Sequence[Word]
    refs: Sequence[Word] = ()


def find_moment(reading: Reading) -> Found | None:
    """The moment that the words left name, if they name one. English comes first: to it "Sam" is no Saturday."""
    english = _Search(reading, ENGLISH).find(reading.left)
    tongue = reading.known.tongue
    if tongue is ENGLISH:
        return english
    own = _Search(reading, tongue).find(reading.left)
    return own if own and (not english or _is_meant(own, english, reading)) else english


def _is_meant(own: Found, english: Found, reading: Reading) -> bool:
    """Whether the moment in the tongue stands, though there is one in English: a part of it ("morgen um 17:00")."""
    if own.typed[0].start > english.typed[0].start or own.typed[-1].end < english.typed[-1].end:
        return False
    if reading.in_english or not reading.known.commands.find(reading.line.head.name, ENGLISH):
        return True  # whoever types its command, or whom it is for, in the tongue goes on in it
    tongue = reading.known.tongue
    more = [word.text for word in own.typed if word not in english.typed]
    # "ask Sam at 5pm": short names of days are names of people, too.
    return own.when != english.when and not any(tongue.is_short_day(word) for word in more)


class _Search:
    """The ways to say it, in the words of one tongue beside the English ones."""

    def __init__(self, reading: Reading, tongue: Tongue) -> None:
        self._reading, self._tongue = reading, tongue

    def find(self, words: Sequence[Word]) -> Found | None:
        """Tried with its first word first: what leads to a text can begin a date, too ("à 17h", "a las 9")."""
        rest = words[1:] if words and self._leads(words[0], _TO_OR_ABOUT) else words
        starts = [words] if rest is words else [words, rest]
        begun = [found for each in starts if (found := self._when_and_text(each))]
        return (
            next((found for each in begun if (found := self._to_text(each))), None)
            or self._tasks_first(rest)
            or self._text_first(words)
            or next(iter(begun), None)
        )

    def _to_text(self, found: Found | None) -> Found | None:
        """WHEN to TEXT."""
        if found and self._leads(found.text[0], _TO):
            return found._replace(text=found.text[1:])
        return None

    def _tasks_first(self, words: Sequence[Word]) -> Found | None:
        """REF WHEN, and perhaps what to do about it."""
        count = 0
        most = min(len(words), MOST_WORDS + 1)
        while count < most and is_ref(words[count], self._reading.known):
            if count and not (words[count].text.startswith("#") or words[count - 1].text.endswith(",")):
                break
            count += 1
        refs, rest = words[:count], words[count:]
        if not refs or not rest:
            return None
        if when := self._date(rest):
            return Found(when, rest, (), refs)
        found = self._to_text(self._when_and_text(rest))
        return found and found._replace(refs=refs)

    def _text_first(self, words: Sequence[Word]) -> Found | None:
        """TEXT WHEN: the longest end of the line that is a date."""
        for place, word in enumerate(words):
            if words[-1].end - word.start <= LONGEST and (when := self._date(words[place:])):
                before = words[:place]
                if before and self._means(before[-1], _BEFORE_A_DATE):
                    before = before[:-1]
                if before and self._leads(before[0], _TO_OR_ABOUT):
                    before = before[1:]
                return Found(when, words[place:], before)
        return None

    def _when_and_text(self, words: Sequence[Word]) -> Found | None:
        """WHEN TEXT: the longest beginning that is a date, "tomorrow call Ana"."""
        within = [place for place, word in enumerate(words) if word.start - words[0].start <= LONGEST + 5]
        for place in reversed(within[1:]):
            if when := self._date(words[:place]):
                end = self._meaningful(words, place)
                return Found(when, words[:end], words[end:])
        return None

    def _date(self, words: Sequence[Word]) -> When | None:
        if len(words) > 1 and self._means(words[0], _BEFORE_A_DATE):
            words = words[1:]
        return seek_date(self._reading.span(list(words)).text, self._reading.context.now, self._tongue)

    def _meaningful(self, words: Sequence[Word], end: int) -> int:
        """Up to where it is a date: an article after one belongs to the text, "demain la réunion"."""
        while end > 1 and self._tongue.dates.get(folded(words[end - 1].text)) == "":
            end -= 1
        return end

    def _means(self, word: Word, among: Collection[str]) -> bool:
        return normal(word.text) in among or self._tongue.word(word.text) in among

    def _leads(self, word: Word, among: Collection[str]) -> bool:
        """Whether it leads to what a reminder is about. Not whatever is "to" elsewhere: "nach Berlin" is the text."""
        return normal(word.text) in among or folded(word.text) in self._tongue.leads
