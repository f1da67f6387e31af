"""How often a task comes again: "every:week", "every:mon,thu"."""

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.reading import Reading
from chat.language.words import Word, unquoted
from workspace.repeats import WORDS, read_rule


def read_repeat(word: Word, reading: Reading) -> str:
    """The rule that `word` writes. Raises `Mistake`."""
    bare = word.bare
    text = unquoted(bare.text)
    if (rule := read_rule(text)) is not None:
        return rule
    tongue = reading.known.tongue
    english = tongue.repeat(text)
    if english == text or (rule := read_rule(english)) is None:
        raise mistakes.bad_repeat(text, bare, nearest(text, [*WORDS, *tongue.repeats]))
    reading.in_english.append((bare, f'"{english}"' if " " in english else english))
    return rule
