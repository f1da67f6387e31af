"""From a backup to a database: all of it, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from workspace import statistics
from workspace.archive import Archive, Row, Table, newer
from workspace.snapshot import AT_ONCE, Node, columns, last_of_each, tables_after, unknown

WAIT = "10s"  # for those who still use the tables that are replaced


def restore(archive: Archive) -> None:
    """Put the backup in the place of whatever the database holds. Raises `NotUsable`, and then nothing has changed."""
    nodes = migrations_of(archive)
    archive.prove()
    with _empty_sqlite() if connection.vendor == "sqlite" else _empty_postgresql():
        MigrationExecutor(connection).migrate(last_of_each(nodes))
        try:
            with transaction.atomic():
                _fill(archive, tables_after(nodes))
                connection.check_constraints()
        except (IntegrityError, DatabaseError) as error:
            raise archive.damaged(f"its tables do not fit together ({str(error).splitlines()[0]})") from error
        call_command("migrate", interactive=False, verbosity=0)
        statistics.gather()


def migrations_of(archive: Archive) -> list[Node]:
    """The migrations that the backup's tables have had. Raises `NotUsable` where this program lacks one."""
    try:
        nodes = [
            (str(app), str(name)) for app, names in archive.manifest["migrations"].items() for name in names
        ]
    except (KeyError, AttributeError, TypeError):
        raise archive.damaged("its manifest cannot be read") from None
    if missing := unknown(nodes):
        raise newer(archive.path, ".".join(missing[0]))
    return nodes


def _fill(archive: Archive, found: list[type[models.Model]]) -> None:
    expected = {model._meta.db_table: model for model in found}  # noqa: SLF001 - Django documents it
    names = [table.name for table in archive.tables]
    if sorted(names) != sorted(expected):
        raise archive.damaged("a table is missing or is not one of ours")
    for table in archive.tables:
        _insert(archive, table, expected[table.name])
    for statement in connection.ops.sequence_reset_sql(no_style(), found):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _insert(archive: Archive, table: Table, model: type[models.Model]) -> None:
    fields = columns(model)
    if table.columns != [field.column for field in fields]:
        raise archive.damaged(f"{table.name} has other columns than it should")
    quote = connection.ops.quote_name
    into = f"{quote(table.name)} ({', '.join(map(quote, table.columns))})"
    sql = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - names of ours
    rows = archive.rows(table)
    with connection.cursor() as cursor:
        while batch := [_stored(fields, row) for row in islice(rows, AT_ONCE)]:
            cursor.executemany(sql, batch)


def _stored(fields: list[Any], row: Row) -> list[Any]:
    pairs = zip(fields, row, strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]


@contextmanager
def _empty_sqlite() -> Iterator[None]:
    """An empty file is the database for the length of the block; then its pages become those of the real one, at once."""
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f".{place.name}.restored")
    place.parent.mkdir(parents=True, exist_ok=True)
    _remove(draft)
    connection.close()
    connection.settings_dict["NAME"] = draft
    try:
        yield
        connection.close()
        with closing(sqlite3.connect(draft)) as restored, closing(sqlite3.connect(place)) as real:
            restored.backup(real)  # one transaction: whoever reads meanwhile sees the old or the new
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
        _remove(draft)


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


@contextmanager
def _empty_postgresql() -> Iterator[None]:
    """One transaction that begins by taking this program's tables away."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
            ours = connection.introspection.django_table_names(only_existing=True, include_views=False)
            for name in {*ours, "django_migrations"}:
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
        yield
