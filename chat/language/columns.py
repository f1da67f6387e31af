"""Which column is meant by ">review" or "in review"."""

import re
from collections.abc import Sequence

from chat.language import mistakes
from chat.language.words import Word, normal


def matching_columns(name: str, columns: Sequence[str]) -> list[str]:
    """The columns `name` can mean: the one with this name, else those that start with it, else those with this word.

    Case, spaces, dashes and underscores make no difference.
    """
    wanted = _slug(name)
    if not wanted:
        return []
    return (
        [each for each in columns if normal(each) == normal(name)]
        or [each for each in columns if _slug(each) == wanted]
        or [each for each in columns if _slug(each).startswith(wanted)]
        or [each for each in columns if wanted in re.split(r"[\s_-]+", normal(each))]
    )


def find_column(name: str, where: Word, columns: Sequence[str], *, quoted: bool = False) -> str:
    """The one column that `name` means. Raises `Mistake`; `quoted` when a name with a space needs quotes there."""
    found = matching_columns(name, columns)
    if not found:
        raise mistakes.unknown_column(name, columns, where)
    if len(found) > 1:
        raise mistakes.several_columns(name, found, where, quoted=quoted)
    return found[0]


def _slug(name: str) -> str:
    return re.sub(r"[\s_-]+", "", normal(name))
