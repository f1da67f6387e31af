"""What Loggia stands on may not be older than the last release that mended something: looked at before it serves."""

import logging
import sqlite3
from importlib.metadata import PackageNotFoundError, version

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

log = logging.getLogger(__name__)

# Each of these releases closed a hole that reaches a server of ours.
LEAST = {
    "Django": "5.2.19",
    "channels": "4.3.2",
    "daphne": "4.2.2",
    "django-allauth": "65.21.1",
    "bleach": "6.4.0",
    "nh3": "0.3.8",
    "Markdown": "3.11.3",
    "uvicorn": "0.54.0",
    "websockets": "17.4",
}
SQLITE = (
    3,
    51,
    3,
)  # before it, a write-ahead log can be reset under a reader: sqlite.org/wal.html#walresetbug
MENDED_SQLITE = {(3, 50, 7), (3, 44, 6)}  # older lines that the same was mended in


def check_versions() -> None:
    """Raises `ImproperlyConfigured` with one sentence when something is missing or too old to be exposed."""
    for name, least in LEAST.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            raise ImproperlyConfigured(
                f"{name} is not installed. `make run` installs what is missing."
            ) from None
        if numbers(found) < numbers(least):
            raise ImproperlyConfigured(
                f"{name} {found} is too old: Loggia needs {least} or newer. Run `make run`, which installs it."
            )
    if connection.vendor == "sqlite":
        check_sqlite(sqlite3.sqlite_version_info, is_bundled=sqlite3.__name__ == "pysqlite3")


def check_sqlite(found: tuple[int, ...], *, is_bundled: bool) -> None:
    """Raises where the SQLite that Loggia brings along is too old; of the system's it only warns, for it has no other."""
    if found >= SQLITE or found in MENDED_SQLITE:
        return
    said = f"SQLite {'.'.join(map(str, found))} is too old: a crash may damage a database that several connections read."
    if is_bundled:
        raise ImproperlyConfigured(f"{said} Run `make run`, which installs a newer one.")
    log.warning("%s There is no newer one for this platform; with DATABASE_URL Loggia uses PostgreSQL.", said)


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of a version, as they compare: `65.21.1` and `5.2.19rc1`, of which the last counts as 5.2.19."""
    parts = (part for part in text.partition("+")[0].split("."))
    digits = ("".join(c for c in part.partition("rc")[0] if c.isdigit()) for part in parts)
    return tuple(int(each) for each in digits if each)
