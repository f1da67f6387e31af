"""Sentences for one reader, in English until it is known in which tongue they read."""

from collections.abc import Callable
from typing import Any, Self


class Sentence(str):
    """A sentence in English that can be said otherwise: `Sentence("There is no task {ref}.", ref="#12")`.

    A part that is a sentence is said otherwise with it; any other part is left as it is.
    """

    __slots__ = ("english", "parts")
    english: str
    parts: dict[str, Any]

    def __new__(cls, english: str, /, **parts: Any) -> Self:
        made = super().__new__(cls, english.format(**parts) if parts else english)
        made.english, made.parts = english, parts
        return made

    def into(self, translate: Callable[[str], str]) -> str:
        """The sentence as `translate` says its English pattern."""
        parts = {
            name: part.into(translate) if isinstance(part, Sentence) else part
            for name, part in self.parts.items()
        }
        return translate(self.english).format(**parts) if parts else translate(self.english)


def together(*sentences: str) -> Sentence:
    """Several sentences, one after the other; empty ones are left out."""
    parts = {f"part{number}": each for number, each in enumerate(sentences) if each}
    return Sentence(" ".join(f"{{{name}}}" for name in parts), **parts)
