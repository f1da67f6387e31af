"""How often a task comes again: "every:week", "every:mon,thu"."""

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.words import Word, unquoted
from workspace.repeats import WORDS, read_rule


def read_repeat(word: Word) -> str:
    """The rule that `word` writes. Raises `Mistake`."""
    bare = word.bare
    text = unquoted(bare.text)
    rule = read_rule(text)
    if rule is None:
        raise mistakes.bad_repeat(text, bare, nearest(text, WORDS))
    return rule
