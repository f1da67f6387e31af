"""How much the fault tests do: a little of everything in `make test`, as much as is promised in `make faults`."""

import os
from typing import TypeVar

T = TypeVar("T")

IS_LONG = os.environ.get("FAULTS") == "long"


def extent(short: T, long: T) -> T:
    """`long` in `make faults`, `short` elsewhere: numbers of rounds, of clients, of seconds."""
    return long if IS_LONG else short


def tell(row: str, sentence: str) -> None:
    """Say what was measured for a row of `docs/proof.md`; pytest shows it with `-s`, as `make faults` does."""
    print(f"\n{row}: {sentence}", flush=True)
