"""The promises of the protocol, held against what the clients wrote down and what the log says, after the fact."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.faults.history import History, Row

SHOWN = 5  # of each kind of fault; the file has all


def broken(history: History, log: list[Row]) -> list[str]:
    """A sentence for each promise that was not kept, with what is known of the case. Empty: all were kept."""
    return [sentence for promise in PROMISES for sentence in _first(promise(history, log))]


def the_log_has_no_holes(_: History, log: list[Row]) -> Iterator[str]:
    for place, row in enumerate(log, start=1):
        if row.seq != place:
            yield f"hole: event {place} of the log has the number {row.seq} ({row.kind})"
            return


def each_nonce_is_there_once(history: History, log: list[Row]) -> Iterator[str]:
    for nonce, count in Counter(row.nonce for row in log if row.nonce).items():
        if count > 1:
            seqs = [row.seq for row in log if row.nonce == nonce]
            yield f"doubled: {nonce} is stored {count} times, as {seqs}; {_case(history, nonce)}"


def what_was_acknowledged_is_stored_under_that_number(history: History, log: list[Row]) -> Iterator[str]:
    stored = {row.nonce: row.seq for row in log if row.nonce}
    for each in history.of("acked"):
        if each.nonce not in stored:
            yield f"lost: {each.who} had {each.nonce} acknowledged, and it is not in the log; {_case(history, each.nonce)}"
        elif stored[each.nonce] != each.seq:
            yield (
                f"another ack: {each.nonce} is event {stored[each.nonce]}, {each.who} was told {each.seq}; "
                f"{_case(history, each.nonce)}"
            )


def everything_said_is_acknowledged_in_the_end(history: History, _: list[Row]) -> Iterator[str]:
    acked = {each.nonce for each in history.of("acked")}
    for nonce, who in {each.nonce: each.who for each in history.of("said")}.items():
        if nonce not in acked:
            yield f"unanswered: what {who} said; {_case(history, nonce)}"


def everybody_hears_every_event_once_and_in_order(history: History, log: list[Row]) -> Iterator[str]:
    heard: dict[str, list[int]] = {each.who: [] for each in history.of("opened")}
    for each in history.of("heard"):
        heard[each.who].append(each.seq)
    wanted = [row.seq for row in log]
    for who, seqs in heard.items():
        if seqs != wanted:
            yield f"{who} {_difference(seqs, wanted)}"


def nothing_odd_is_heard(history: History, _: list[Row]) -> Iterator[str]:
    for each in history.of("odd"):
        yield f"odd: {each}"


Promise = Callable[[History, list[Row]], Iterator[str]]
PROMISES: list[Promise] = [
    the_log_has_no_holes,
    each_nonce_is_there_once,
    what_was_acknowledged_is_stored_under_that_number,
    everything_said_is_acknowledged_in_the_end,
    everybody_hears_every_event_once_and_in_order,
    nothing_odd_is_heard,
]


def _difference(seqs: list[int], wanted: list[int]) -> str:
    twice = sorted(seq for seq, count in Counter(seqs).items() if count > 1)
    missed = sorted(set(wanted) - set(seqs))
    strange = sorted(set(seqs) - set(wanted))
    back = [(one, two) for one, two in pairwise(seqs) if two < one]
    found = {
        "missed": missed,
        "heard twice": twice,
        "heard what is not in the log": strange,
        "went back": back,
    }
    told = [f"{what} {cases[:SHOWN]} ({len(cases)} in all)" for what, cases in found.items() if cases]
    return f"{'; '.join(told)}, of {len(wanted)} events; the last it heard was {seqs[-1] if seqs else 'none'}"


def _case(history: History, nonce: str) -> str:
    return " | ".join(str(each) for each in history.about(nonce=nonce)[:8])


def _first(sentences: Iterator[str]) -> list[str]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        kinds[sentence.partition(":")[0]].append(sentence)
    told = []
    for each in kinds.values():
        told += each[:SHOWN] + ([f"… and {len(each) - SHOWN} more"] if len(each) > SHOWN else [])
    return told
