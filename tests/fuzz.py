"""Texts that nobody would type, by the million: the language understands or refuses each, without a fault and at once.

    python -m tests.fuzz                            a million of them (`make fuzz`: some ten minutes)
    python -m tests.fuzz --count 50000 --seed 7     fewer, and others

They are built from the pieces of the grammar, from the cases of the specification with a few slips in them, and from strings
that are known to break programs, up to the longest text that can be said. A text that takes too long is measured again, in
the time of this thread, before it counts: other programs may be busy.
"""

import argparse
import json
import os
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import django
import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from chat.language import VOCABULARY, Context, Refusal, Script, Talk, parse, parse_query  # noqa: E402
from chat.language.cleaning import clean  # noqa: E402
from chat.language.parser import LONGEST  # noqa: E402
from tests.chat.language import pieces  # noqa: E402
from tests.chat.language.writing import written  # noqa: E402

FILES = Path(__file__).parent / "cases"
CASES = [json.loads(line)["input"] for line in (FILES / "language.jsonl").read_text().splitlines()]
NAUGHTY = [text for text in json.loads((FILES / "naughty-strings.json").read_text())["strings"] if text]
PIECES = [piece for each in pieces.PIECES.values() for piece in each]
STRANGE = [
    *'\0\t\r\n\u202e\ufeff\ud800\u3000\u2028\u1fef\u0338\u037e\u0130ß\u017f\uff11\u0663🎉“”"`\\/@#!~>:.,-^&',
    "\uff0f",
    "\u0301" * 50,
]
SLOW = 0.02  # seconds
CONTEXT = Context(
    me="ana",
    key="WEB",
    now=datetime(2026, 11, 19, 15, 30),
    members=["ana", "bob", "li.wei", "zoë", "o-brien", "john", *(f"member{n}" for n in range(300))],
    columns=["Backlog", "To do", "In progress", "In review", "Done"],
    labels=["bug", "design", *(f"label{n}" for n in range(200))],
    tasks={number: f"Task {number}" for number in range(1, 2_001)} | {12: "Fix login page"},
    last=17,
)


def from_grammar(dice: random.Random) -> str:
    """Some lines, each with pieces for the arguments of its command."""
    return "\n".join(_line(dice) for _ in range(dice.choice([1, 1, 1, 2, 3, 25])))


def _line(dice: random.Random) -> str:
    spec = dice.choice(SPECS)
    words = [f"/{dice.choice([spec.name, *spec.aliases])}"]
    for place in spec.arguments:
        several = place.kind.placeholder in pieces.SEVERAL
        count = dice.randint(0, 12) if several else dice.choice([0, 1, 1, 1, 2])
        words += dice.choices(pieces.PIECES[place.kind.placeholder], k=count)
    return " ".join(words)


def with_slips(dice: random.Random) -> str:
    """A case of the specification that somebody typed badly."""
    text = dice.choice(CASES)
    for _ in range(dice.randint(1, 6)):
        at, until = sorted(dice.randint(0, len(text)) for _ in range(2))
        slip = dice.choice(
            ["", text[at:until] * 2, dice.choice(STRANGE), dice.choice(PIECES), f" {dice.choice(PIECES)} "]
        )
        text = text[:at] + slip + text[dice.choice([at, at, until]) :]
    return text


def naughty(dice: random.Random) -> str:
    """A string that breaks programs, by itself or where a command takes an argument."""
    text = dice.choice(NAUGHTY)
    return dice.choice(
        [text, f"/task {text}", f"/task x {text} @bob", f"{_line(dice)} {text}", f"{_line(dice)}\n{text}"]
    )


def over_and_over(dice: random.Random) -> str:
    """The longest text there can be, of a few pieces."""
    start = f"/{dice.choice(pieces.NAMES)} {dice.choice(['', '12 ', dice.choice(PIECES)])}"
    glue = dice.choice(["", " ", " ", "\n", ","])
    unit = (
        glue.join(dice.choice(dice.choice([PIECES, STRANGE, NAUGHTY])) for _ in range(dice.randint(1, 3)))
        + glue
    )
    length = dice.choice([500, 2_000, LONGEST, LONGEST])
    return (start + (unit or "x") * (length // max(1, len(unit)) + 1))[:length]


def soup(dice: random.Random) -> str:
    """Anything after anything."""
    words = (
        dice.choice(dice.choice([PIECES, STRANGE, NAUGHTY, pieces.NAMES])) for _ in range(dice.randint(1, 40))
    )
    return dice.choice(["/", "", "/task ", "/find "]) + dice.choice([" ", ""]).join(words)


SPECS = list(VOCABULARY)
MAKERS: dict[Callable[[random.Random], str], int] = {
    from_grammar: 40,
    with_slips: 25,
    naughty: 15,
    soup: 17,
    over_and_over: 3,
}


@dataclass
class Findings:
    """What was seen: how many of each kind, the slowest, and each fault with the text that has it."""

    kinds: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    characters: int = 0
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        count = self.kinds.total()
        kinds = ", ".join(f"{count:,} {kind.lower()}" for kind, count in self.kinds.most_common())
        average, (slowest, text) = self.characters // max(1, count), self.slowest
        faults = f"{len(self.faults)} faults, the slowest took {slowest * 1000:.1f} ms ({text!r}…)"
        return f"{count:,} texts of {average} characters on average ({kinds}): {faults}"


def look(text: str, found: Findings) -> None:
    """Read one text, and note what is wrong with how it is read."""
    found.characters += len(text)
    try:
        seconds = _seconds(text)
        if seconds > SLOW:
            seconds = min(seconds, *(_seconds(text) for _ in range(5)))
        if seconds > SLOW:
            found.faults.append(f"{seconds * 1000:.1f} ms: {text[:200]!r}")
        found.slowest = max(found.slowest, (seconds, text[:40]))
        parsed = parse(text, CONTEXT)
        found.kinds[type(parsed).__name__] += 1
        _check(text, parsed)
        parse_query(text[:300], CONTEXT)
    except Exception as fault:
        found.faults.append(f"{type(fault).__name__} {fault}: {text[:2000]!r}")


def _seconds(text: str) -> float:
    start = time.thread_time()
    parse(text, CONTEXT)
    return time.thread_time() - start


def _check(text: str, parsed: Talk | Script | Refusal) -> None:
    orjson.dumps(parsed.as_dict())  # refuses what cannot be sent
    if isinstance(parsed, Talk):
        assert clean(text).endswith(parsed.text), "talk is changed"
    if isinstance(parsed, Refusal):
        line = clean(text).split("\n")[parsed.line - 1]
        assert 0 <= parsed.start <= parsed.end <= len(line), "a refusal points beside its line"
        assert len(parsed.message) < 250, "a refusal is a speech"
    # A letter whose normal form is a backtick stands in a title as one, and encloses nothing until it is read again.
    is_one_form = unicodedata.is_normalized("NFC", text)
    if isinstance(parsed, Script) and is_one_form and not _has_quotes_in_query(parsed):
        again = parse(written(parsed.commands), CONTEXT)
        is_longer = isinstance(again, Refusal) and "the limit is" in again.message  # by what is escaped
        assert is_longer or again.as_dict() == parsed.as_dict(), f"read again it is {again.as_dict()}"


def _has_quotes_in_query(script: Script) -> bool:
    """Written again, filters come before words: what quotation marks enclose may not be the same then."""
    return any(
        "filters" in command.arguments and set('"“') & set(command.source) for command in script.commands
    )


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--count", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    dice, found, began = random.Random(asked.seed), Findings(), time.monotonic()
    makers, weights = list(MAKERS), list(MAKERS.values())
    for _ in range(asked.count):
        (maker,) = dice.choices(makers, weights)
        look(maker(dice)[:LONGEST], found)
        if len(found.faults) > 20:
            break
    for fault in found.faults:
        print(fault)
    seconds = time.monotonic() - began
    print(f"{found.told()}, {seconds:.0f} s in all")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
