"""All tables at one moment, while the server goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

# Who is signed in is no part of a copy: a stolen one lets nobody in, and a session that was ended stays so.
LEFT_OUT = {"django_session", "usersessions_usersession"}
AT_ONCE = 2_000  # rows in memory

Node = tuple[str, str]  # an app and the name of a migration


@contextmanager
def moment() -> Iterator[None]:
    """Within the block every query sees the database as it was at the first. Nobody who writes has to wait."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "PRAGMA mmap_size = 0"
            )  # all of the file that was read would count as memory that is held
            cursor.execute("BEGIN DEFERRED")  # Django's own BEGIN takes the write lock
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def applied() -> list[Node]:
    """The migrations that the database has had, in no particular order; none for an empty database."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown(nodes: list[Node]) -> list[Node]:
    """Those migrations that this program does not have: somebody newer made them."""
    return sorted(set(nodes) - set(MigrationExecutor(connection).loader.graph.nodes))


def last_of_each(nodes: list[Node]) -> list[Node]:
    """Where to migrate to, so that just `nodes` have been applied."""
    graph, had = MigrationExecutor(connection).loader.graph, set(nodes)
    followed = {
        node
        for node in had
        for child in graph.node_map[node].children
        if child.key in had and child.key[0] == node[0]
    }
    return sorted(had - followed)


def tables_after(nodes: list[Node]) -> list[type[models.Model]]:
    """The models of all tables that belong into a copy, as they were after these migrations."""
    state = MigrationExecutor(connection).loader.project_state(last_of_each(nodes))
    found = state.apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]  # noqa: SLF001 - Django documents it
    return [model for model in kept if model._meta.db_table not in LEFT_OUT]  # noqa: SLF001


def columns(model: type[models.Model]) -> list[Any]:
    """The fields that the table stores, in the order of a row."""
    return list(model._meta.local_concrete_fields)  # noqa: SLF001


def rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    """All rows of the table, by their keys."""
    names = [field.attname for field in columns(model)]
    return model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)  # noqa: SLF001
