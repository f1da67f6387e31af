"""What happened to whom and when, as each client wrote it down; and what can be read off it afterwards."""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Moment(NamedTuple):
    """Somebody `said` a nonce, had it `acked` with a seq, `heard` an event, or `opened`, `greeted`, `closed` a socket.

    `at` is the clock of the machine, which the server's events have too.
    """

    at: float
    who: str
    what: str
    nonce: str = ""
    seq: int = 0
    note: str = ""

    def __str__(self) -> str:
        words = [self.who + ":", self.what, self.nonce[:8], str(self.seq or ""), self.note]
        clock = datetime.fromtimestamp(self.at).strftime("%H:%M:%S.%f")[:-3]
        return " ".join([clock, *(word for word in words if word)])


class Row(NamedTuple):
    """An event of the log: `at` is when its transaction began, `cause` the seq of the say that it follows from."""

    seq: int
    nonce: str | None
    kind: str
    at: float
    cause: int | None


class History:
    """The moments of all clients of one project, in the order in which they happened."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.counts: Counter[str] = Counter()  # of each `what`

    def note(self, who: str, what: str, nonce: str = "", seq: int = 0, note: str = "") -> None:
        self.keep(Moment(time.time(), who, what, nonce, seq, note))

    def keep(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.counts[moment.what] += 1

    def of(self, what: str) -> Iterable[Moment]:
        return (moment for moment in self.moments if moment.what == what)

    def about(self, *, nonce: str = "", seq: int = 0) -> list[Moment]:
        """What happened to one say, or to one event."""
        return [each for each in self.moments if (each.nonce == nonce if nonce else each.seq == seq)]

    def write(self, path: Path) -> None:
        """One JSON object a line, to be read when something went wrong."""
        path.write_text("".join(json.dumps(moment._asdict()) + "\n" for moment in self.moments))

    def answer_times(self, since: float = 0, until: float = float("inf"), who: str = "") -> list[float]:
        """Seconds from the first time that each say was said, in that span and by one of them, to its acknowledgement."""
        first: dict[str, float] = {}
        took: dict[str, float] = {}
        for each in self.moments:
            if who and each.who != who:
                continue
            if each.what == "said":
                first.setdefault(each.nonce, each.at)
            elif each.what == "acked":
                took.setdefault(each.nonce, each.at - first[each.nonce])
        return [seconds for nonce, seconds in took.items() if since <= first[nonce] <= until]

    def convergence(self, log: list[Row], since: float, who: str = "") -> float:
        """Seconds from `since` until everybody, or one, had heard all that had been stored by then."""
        head = max((row.seq for row in log if row.at <= since), default=0)
        reached: dict[str, float] = dict.fromkeys(
            [who] if who else {each.who for each in self.of("opened")}, float("inf")
        )
        for each in self.of("heard"):
            if each.seq >= head and each.who in reached:
                reached[each.who] = min(reached[each.who], each.at)
        return max(0.0, max(reached.values()) - since)

    def silences(self, log: list[Row]) -> dict[str, float]:
        """For each client, the longest time that its open socket did not tell of an event that was stored."""
        at = {row.seq: row.at for row in log}
        opened: dict[str, float] = {}
        longest: dict[str, float] = defaultdict(float)
        for each in self.moments:
            if each.what == "opened":
                opened[each.who] = each.at
            elif each.what == "heard" and each.seq in at:
                since = max(at[each.seq], opened.get(each.who, 0))
                longest[each.who] = max(longest[each.who], each.at - since)
        return longest


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
