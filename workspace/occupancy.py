"""Who is at work on DATA_DIR: any number of servers, or the one command that replaces what they serve."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Occupied(Exception):
    """Somebody else is at work there."""


@contextmanager
def at_work(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Be at work on the folder for the block, or until the process is killed. Raises `Occupied`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Occupied from None
    finally:
        os.close(descriptor)
