"""The file of a backup: a ZIP of one JSON-lines table after another, and a manifest that says what they must be.

It holds values, not pages of one database, so that what SQLite wrote can be read into PostgreSQL and the other way.
"""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

import orjson

PRODUCT, FORMAT = "Loggia", 1
MANIFEST = "manifest.json"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)

Row = list[Any]


class NotUsable(Exception):
    """A file that cannot be restored; the sentence says why."""


@dataclass(frozen=True)
class Table:
    """What a backup holds of one table, row by row in this order of columns; `sha256` is that of its lines."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


class Writer:
    """Writes tables, and at the end the manifest. What goes through it is never held in memory as a whole."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        self._pack, self.tables = pack, list[Table]()

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add a table. Moments, days and UUIDs become texts."""
        digest, count = hashlib.sha256(), 0
        with self._pack.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
            for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
                line = orjson.dumps(row) + b"\n"
                digest.update(line)
                file.write(line)
        self.tables.append(Table(name, list(columns), count, digest.hexdigest()))

    def manifest(self, facts: dict[str, Any]) -> None:
        content = {"product": PRODUCT, "format": FORMAT, **facts, "tables": [asdict(t) for t in self.tables]}
        self._pack.writestr(MANIFEST, orjson.dumps(content, option=orjson.OPT_INDENT_2))


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A new backup at `path`, for its owner alone: whole once the block has ended, and not there if it fails."""
    # In a container the number of the process is always the same, and a killed one leaves its draft.
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
                yield Writer(pack)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


class Archive:
    """A backup that has been opened. `manifest` is as `Writer` was given it."""

    def __init__(self, path: Path, pack: zipfile.ZipFile) -> None:
        self.path, self._pack = path, pack
        self.manifest = self._manifest()
        try:
            self.tables = [Table(**each) for each in self.manifest["tables"]]
        except (KeyError, TypeError):
            raise self.damaged("its manifest cannot be read") from None

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table. Raises `NotUsable` where they are not what was written, at the latest after the last."""
        digest, count = hashlib.sha256(), 0
        try:
            with self._pack.open(table.member) as file:
                for line in file:
                    digest.update(line)
                    count += 1
                    yield orjson.loads(line)
        except (*BROKEN, KeyError):
            raise self.damaged(f"{table.name} cannot be read to its end") from None
        if (count, digest.hexdigest()) != (table.rows, table.sha256):
            raise self.damaged(f"{table.name} is not what was written")

    def prove(self) -> None:
        """Read all of it once. Raises `NotUsable`."""
        for table in self.tables:
            for _ in self.rows(table):
                pass

    def damaged(self, why: str) -> NotUsable:
        return NotUsable(f"{self.path} is damaged: {why}.")

    def _manifest(self) -> dict[str, Any]:
        try:
            manifest = orjson.loads(self._pack.read(MANIFEST))
        except KeyError:
            raise foreign(self.path) from None
        except BROKEN:
            raise self.damaged("its manifest cannot be read") from None
        if not isinstance(manifest, dict) or manifest.get("product") != PRODUCT:
            raise foreign(self.path)
        if manifest.get("format") != FORMAT:
            raise newer(self.path, f"its format is {str(manifest.get('format'))[:20]}")
        return manifest


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup at `path`. Raises `NotUsable` for what is none: absent, cut off, something else, or too new."""
    try:
        file: IO[bytes] = path.open("rb")
    except OSError as error:
        raise NotUsable(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        is_zip = file.read(4) == b"PK\x03\x04"
        try:
            pack = zipfile.ZipFile(file)
        except BROKEN:
            cut_off = NotUsable(f"{path} is cut off: its end is missing.")
            raise (cut_off if is_zip else foreign(path)) from None
        with pack:
            yield Archive(path, pack)


def foreign(path: Path) -> NotUsable:
    """What is said of a file that something else wrote."""
    return NotUsable(f"{path} is not a backup of {PRODUCT}.")


def newer(path: Path, why: str) -> NotUsable:
    """What is said of a file that a later version wrote."""
    return NotUsable(f"{path} was made by a newer {PRODUCT} ({why}). Update this one first.")


def _sync_folder(folder: Path) -> None:
    """A new name is safe from a power cut only when its folder has been written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
