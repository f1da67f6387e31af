"""The seal on the log: the database itself refuses to change or delete an event, whoever asks.

Made by a migration. A later migration that alters the events' table on SQLite makes a new table without triggers: let it
end with `sealed()`, or the tests will say that the seal is gone.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

TABLE = "workspace_event"
REFUSAL = "The log is only ever added to."

ON_SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("update", "delete")
] + [
    f"""
    CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM {TABLE} WHERE project_id = NEW.project_id AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM {TABLE} WHERE project_id = NEW.project_id AND actor_id = NEW.actor_id AND nonce = NEW.nonce)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """  # noqa: S608 - no word of anybody's. INSERT OR REPLACE deletes and asks no trigger on deletion
]
OFF_SQLITE = [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete", "replace")]

# For each statement, not for each row: TRUNCATE knows no other, and it costs an INSERT nothing.
REFUSE = f"""
CREATE OR REPLACE FUNCTION {TABLE}_is_sealed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""
SEAL = f"""
CREATE TRIGGER {TABLE}_seal BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_is_sealed()
"""
ON_POSTGRESQL = [REFUSE, SEAL]
OFF_POSTGRESQL = [f"DROP TRIGGER IF EXISTS {TABLE}_seal ON {TABLE}"]


def sealed() -> RunPython:
    """The migration that puts the seal on."""

    def on(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        break_seal(editor.connection)
        put_seal(editor.connection)

    def off(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        break_seal(editor.connection)

    return RunPython(on, off)


def put_seal(connection: BaseDatabaseWrapper) -> None:
    """From now on the log can only be added to."""
    _run(connection, ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)


def break_seal(connection: BaseDatabaseWrapper) -> None:
    """Take the seal off, if it is there: for a migration of the log itself, and for tests, which clean up."""
    _run(connection, OFF_SQLITE if connection.vendor == "sqlite" else OFF_POSTGRESQL)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
