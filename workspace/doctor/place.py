"""Looks at the folder, the disk and the file in which things are kept."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from workspace import preflight
from workspace.doctor.finding import Finding, fault, warning
from workspace.versions import MENDED_SQLITE, SQLITE

LITTLE, NOTHING = 0.05, 100_000_000  # of the disk; bytes
MOUNTS = Path("/proc/mounts")
NETWORKS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "fuse.sshfs",
    "fuse.s3fs",
}


def folder() -> Iterator[Finding]:
    """`DATA_DIR` is there and can be written."""
    try:
        preflight.data_dir(Path(settings.DATA_DIR))
    except ImproperlyConfigured as error:
        yield fault(
            str(error), "Give the folder to the user that runs the server, or set DATA_DIR to another."
        )


def private_files() -> Iterator[Finding]:
    """What lies in `DATA_DIR` is for the server's user alone."""
    base = Path(settings.DATA_DIR)
    key = base / "secret_key"
    if _others_may(key, 0o077):
        yield fault(
            f"Others on this machine can read {key}, and sign in as anybody.",
            f"chmod 600 {key}, then restart.",
        )
    files = [
        path
        for path in (_sqlite_file(), base / "mail")
        if path and not _others_may(path.parent, 0o001, no=True)
    ]
    for path in files:
        if _others_may(path, 0o004):
            yield warning(f"Others on this machine can read {path}.", f"chmod 700 {base}.")


def disk() -> Iterator[Finding]:
    """There is room to write."""
    try:
        space = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        return  # `folder` has said so
    remedy = "Make room, or move DATA_DIR to a larger disk: a full one stores nothing more."
    told = f"{space.free / space.total:.1%} of the disk of {settings.DATA_DIR} is free ({space.free / 1e9:.1f} GB)."
    if space.free < NOTHING:
        yield fault(told, remedy)
    elif space.free < space.total * LITTLE:
        yield warning(told, remedy)


def sqlite() -> Iterator[Finding]:
    """SQLite is one that keeps what it was given, on a disk of this machine."""
    path = _sqlite_file()
    if path is None:
        return
    version = sqlite3.sqlite_version_info
    if version < SQLITE and version not in MENDED_SQLITE:
        yield fault(
            f"SQLite {sqlite3.sqlite_version} can corrupt its write-ahead log.",
            "Install pysqlite3 as requirements.txt has it; 3.51.3 is mended.",
        )
    kind = _file_system(path.resolve())
    if kind in NETWORKS:
        yield fault(
            f"{path} lies on a network file system ({kind}), whose locks SQLite cannot trust.",
            "Move DATA_DIR to a disk of this machine, or use PostgreSQL (DATABASE_URL).",
        )


def journal() -> Iterator[Finding]:
    """SQLite writes ahead."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if mode not in {"wal", "memory"}:
        yield fault(
            f"SQLite's journal mode is {mode}, so readers and writers wait for each other.",
            "Stop whatever else has the file open, and restart the server: it sets WAL itself.",
        )


def _others_may(path: Path, bits: int, *, no: bool = False) -> bool:
    """Whether the mode of `path` has one of `bits`; with `no`, whether it has none of them."""
    try:
        has = bool(path.stat().st_mode & bits)
    except OSError:
        return False
    return has is not no


def _sqlite_file() -> Path | None:
    return Path(settings.DATABASES["default"]["NAME"]) if connection.vendor == "sqlite" else None


def _file_system(path: Path) -> str:
    """The kind of file system that `path` lies on: that of the longest mount point above it."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    above = [(Path(point.replace(r"\\040", " ")), kind) for point, kind in mounts]
    return max(
        ((len(point.parts), kind) for point, kind in above if path.is_relative_to(point)), default=(0, "")
    )[1]
