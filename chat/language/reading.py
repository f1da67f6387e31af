"""The state of reading one command line: the words that are left, and what was understood so far."""

from collections.abc import Collection

from chat.language import mistakes
from chat.language.known import Known
from chat.language.lines import CommandLine
from chat.language.results import Arguments, Part
from chat.language.words import Word, listing, normal, words_of


class Reading:
    """A command line on its way to arguments. `understood_to` is where the last understood part ended; `in_english` has
    the words of another tongue, with those that stand for them.
    """

    def __init__(self, line: CommandLine, known: Known, example: str) -> None:
        self.line, self.known, self.example = line, known, example
        self.context = known.context
        self.words = words_of(line.text, line.head.word.end)
        self.position = 0
        self.understood_to = line.head.word.end
        self.given = Arguments()
        self.body = line.body
        self.notes: list[str] = []
        self.parts: list[Part] = []
        self.in_english: list[tuple[Word, str]] = []

    @property
    def word(self) -> Word | None:
        """The next word."""
        return self.words[self.position] if self.position < len(self.words) else None

    @property
    def left(self) -> list[Word]:
        """The words that were not taken yet."""
        return self.words[self.position :]

    @property
    def rest(self) -> Word:
        """Everything that was not taken yet, as one word."""
        return self.span(self.left)

    @property
    def whole(self) -> Word:
        """All arguments, as one word."""
        return self.span(self.words)

    def means(self, word: Word, among: Collection[str]) -> str:
        """Which of these English words `word` is, in English or in the author's tongue; nothing where it is none."""
        text = normal(word.text)
        if text in among:
            return text
        english = self.known.tongue.word(text)
        if english not in among:
            return ""
        self.in_english.append((word, english))
        return english

    def span(self, words: list[Word]) -> Word:
        """Neighbouring words with what stands between them."""
        start = words[0].start if words else len(self.line.text)
        end = words[-1].end if words else start
        return Word(self.line.text[start:end], start, end)

    def take(self, count: int = 1, *, understood_to: int | None = None) -> None:
        """The next `count` words are understood, the last of them up to `understood_to`."""
        self.position += count
        self.understood_to = self.words[self.position - 1].end if understood_to is None else understood_to

    def take_all(self) -> None:
        """Everything is understood."""
        self.position = len(self.words)

    def mark(self, key: str, word: Word) -> None:
        """`word` is what gave the argument `key`, or a part of it."""
        self.parts.append(Part(key, word.start, word.end))

    def check_nothing_left(self) -> None:
        """Raises `Mistake` for words, or lines, that no argument wanted."""
        if self.word:
            start = self.understood_to
            text = self.line.text[start:].lstrip(" ,").rstrip()
            end = len(self.line.text.rstrip())
            raise mistakes.unexpected_text(self._understood(), Word(text, end - len(text), end))
        if self.body:
            first = self.body.partition("\n")[0]
            at = next(number for number, line in enumerate(self.line.under, 1) if line.strip())
            raise mistakes.unexpected_text(self._understood(), Word(first, 0, len(first)), line=at)

    def _understood(self) -> str:
        refs = [f"#{number}" for number in self.given.get("refs", [])]
        return listing(refs) or self.line.head.word.text
