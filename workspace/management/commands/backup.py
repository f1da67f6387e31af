"""`manage.py backup [FILE]`: all that this installation knows, in one file, while the server runs."""

from argparse import ArgumentParser
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from workspace import preflight
from workspace.archive import Writer, written
from workspace.snapshot import Node, applied, columns, moment, rows, tables_after, unknown


class Command(BaseCommand):
    help = "Writes people, projects, messages, tasks and the log into one file that `restore` reads."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: loggia-<date>-<time>.zip, here")

    def handle(self, *_args: object, file: Path | None, **_options: object) -> None:
        now = timezone.now()
        path = file or Path(f"loggia-{now:%Y%m%d-%H%M%S}.zip")
        preflight.database()
        try:
            with moment(), written(path) as writer:
                copy(writer, made_at=now.isoformat(timespec="seconds"))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        rows = sum(table.rows for table in writer.tables)
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path} holds {rows:,} rows of {len(writer.tables)} tables ({size:.1f} MB).")


def copy(writer: Writer, **facts: Any) -> None:
    """Write all tables as they are now. Raises `CommandError` where there are none, or of a newer version."""
    nodes = applied()
    if not nodes:
        raise CommandError("There is nothing to back up: the database is empty.")
    if strange := unknown(nodes):
        raise CommandError(
            f"The database is that of a newer Loggia ({'.'.join(strange[0])}). Update this one first."
        )
    for model in tables_after(nodes):
        names = [field.column for field in columns(model)]
        writer.table(model._meta.db_table, names, rows(model))  # noqa: SLF001 - Django documents it
    writer.manifest(
        {**facts, "version": _version(), "database": connection.vendor, "migrations": _by_app(nodes)}
    )


def _by_app(nodes: list[Node]) -> dict[str, list[str]]:
    return {app: [name for _, name in found] for app, found in groupby(nodes, key=lambda node: node[0])}


def _version() -> str:
    try:
        return version("loggia")
    except PackageNotFoundError:  # run from its folder
        return ""
