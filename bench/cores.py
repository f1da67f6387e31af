"""The server on one core and the load on another, so that neither takes from the other."""

import contextlib
import os
from collections.abc import Iterator

CORES = sorted(os.sched_getaffinity(0))
SERVER, LOAD = {CORES[0]}, {CORES[-1]}


@contextlib.contextmanager
def on(cores: set[int]) -> Iterator[None]:
    """Processes that are started within the block run on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
