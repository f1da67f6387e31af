"""Did you mean: which known words a mistyped one is close to."""

from collections.abc import Iterable
from operator import itemgetter

MOST = 3
_LONGEST = 40  # beyond this it is no slip of the finger


def tolerance(word: str) -> int:
    """How many slips are forgiven in a word of this length."""
    return 1 if len(word) < 5 else 2


def distance(one: str, other: str, most: int) -> int:
    """Optimal string alignment: insertions, deletions, replacements and swaps of neighbours between two words.

    Nobody counts further than `most`: what is more is `most + 1`.
    """
    before: list[int] = []
    previous: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, previous, row = previous, row, [i]
        for j, match in enumerate(other, 1):
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most and min(previous) >= most:  # a swap reaches over one row, at the price of one
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Up to three of the `known` words that `word` may have been meant for, best first.

    Words of one or two letters are near to everything, so they are never proposed.
    """
    wanted = word.casefold()
    if len(wanted) > _LONGEST:
        return []
    limit = tolerance(wanted)
    found = []
    for candidate in known:
        name = candidate.casefold()
        if len(name) > 2 and abs(len(name) - len(wanted)) <= limit:
            slips = distance(wanted, name, limit)
            if slips <= limit:
                found.append((slips, name[:1] != wanted[:1], candidate))
    return [candidate for _, _, candidate in sorted(found, key=itemgetter(0, 1))][:MOST]
