"""The log is only ever added to: the database itself says so, to this program and to every other one."""

import pytest
from django.db import DatabaseError, connection, transaction

from workspace.models import Event
from workspace.seal import break_seal

pytestmark = pytest.mark.services

STATEMENTS = [
    "UPDATE workspace_event SET kind = 'task.forgotten'",
    "UPDATE workspace_event SET details = '{}' WHERE seq = 1",
    "DELETE FROM workspace_event",
    "DELETE FROM workspace_event WHERE seq = 1",
]


def rows():
    return list(Event.objects.order_by("pk").values())


def attempt(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_what_is_in_the_log(project, statement):
    before = rows()
    assert before, "there is something to change"
    with pytest.raises(DatabaseError, match="only ever added to"):
        attempt(statement)
    assert rows() == before
    with transaction.atomic():  # it was the seal: with it off, the same statement does its work
        break_seal(connection)
        attempt(statement)
        assert rows() != before
        transaction.set_rollback(True)


def test_postgresql_refuses_to_empty_the_log(project):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    connection.check_constraints()  # it waits for nothing else
    with pytest.raises(DatabaseError, match="only ever added to"):
        attempt("TRUNCATE workspace_event CASCADE")
    assert rows()


@pytest.mark.parametrize("key", ["id", "seq", "nonce"])
def test_sqlite_refuses_to_replace_what_is_in_the_log(project, alice, say, key):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    say(alice, "hello")
    names = [field.column for field in Event._meta.local_fields]
    others = {"id": "id + 1000", "seq": "seq + 1000", "nonce": "NULL"}
    values = [
        "'forged'" if name == "kind" else others.get(name, name) if name != key else name for name in names
    ]
    statement = (
        f"INSERT OR REPLACE INTO workspace_event ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM workspace_event WHERE nonce IS NOT NULL"
    )
    before = rows()
    with pytest.raises(DatabaseError, match="only ever added to"):
        attempt(statement)
    assert rows() == before
    with transaction.atomic():
        break_seal(connection)
        attempt(statement)
        assert len(rows()) == len(before), "it would have been replaced"
        transaction.set_rollback(True)


def test_a_project_with_its_log_cannot_be_deleted(project):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        project.delete()
    assert rows()


def test_the_log_can_be_added_to(project, alice, say):
    before = len(rows())
    say(alice, "hello")
    assert len(rows()) == before + 1
