from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from chat.models import Message
from tasks import actions
from tasks.models import Task
from workspace import prepared
from workspace.models import Event, Membership
from workspace.prepared import Prepared


@pytest.fixture
def tasks(alice):
    return [actions.create_task(alice, f"Task {number}") for number in range(7)]


def test_a_row_is_found_by_its_values_and_nothing_by_others(alice, bob):
    found = Prepared(Membership.objects.select_related("project", "user"), "project", "user")
    assert found.get(bob.project_id, bob.user_id) == bob
    assert found.get(bob.project_id, bob.user_id).user.name == "Bob"
    assert found.get(bob.project_id, bob.user_id + 999) is None


@pytest.mark.parametrize("count", range(8))
def test_a_list_of_any_length_finds_what_django_finds(tasks, count, django_assert_num_queries):
    wanted = [task.pk for task in tasks[:count]]
    found = Prepared(Task.objects.order_by("-number"), "pk__in")
    with django_assert_num_queries(1 if wanted else 0):
        rows = list(found.rows(wanted))
    assert rows == list(Task.objects.filter(pk__in=wanted).order_by("-number"))


def test_a_long_list_is_asked_for_in_parts(tasks, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(prepared, "MOST", 4)
    found = Prepared(Task.objects.all(), "project", "pk__in")
    with django_assert_num_queries(2):
        rows = list(found.rows(tasks[0].project_id, [task.pk for task in tasks]))
    assert sorted(task.pk for task in rows) == sorted(task.pk for task in tasks)


def test_values_of_every_kind_find_their_rows_beside_parameters_that_stay(alice, tasks, say):
    event = say(alice, "hello")
    Task.objects.update(due_on=timezone.localdate())
    said = Prepared(Event.objects.filter(kind="message.posted"), "at__gte", "project", "nonce", "seq__gt")
    assert said.get(event.at, event.project_id, event.nonce, event.seq - 1) == event
    assert said.get(event.at + timedelta(seconds=1), event.project_id, event.nonce, 0) is None
    assert said.get(event.at, event.project_id, uuid4(), 0) is None
    due = Prepared(Task.objects.filter(title="Task 3"), "due_on__lte")
    assert due.get(timezone.localdate()) == tasks[3]
    assert due.get(timezone.localdate() - timedelta(days=1)) is None


def test_tuples_and_limits_are_those_of_the_queryset(alice, tasks):
    counted = Prepared(Task.objects.values_list("column").annotate(Count("pk")), "project")
    assert dict(counted.tuples(alice.project_id)) == {tasks[0].column_id: 7}
    first = Prepared(Task.objects.order_by("number"), "project", limit=2)
    assert list(first.rows(alice.project_id)) == tasks[:2]


def test_a_new_row_is_stored_as_django_stores_it(alice):
    row = Message(
        project=alice.project, author=alice.user, text="a", html="<p>a</p>", created_at=timezone.now()
    )
    prepared.insert(row)
    stored = Message.objects.get(pk=row.pk)
    assert {f.attname: getattr(stored, f.attname) for f in Message._meta.concrete_fields} == {
        f.attname: getattr(row, f.attname) for f in Message._meta.concrete_fields
    }


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables without an index")
def test_the_page_of_a_project_reads_its_rows_through_an_index_that_ends_with_them(
    alice, tasks, say, settings
):
    """A plan that reads the whole log, or all tasks, is quick on the day it is written and slow a year later."""
    actions.complete_task(alice, tasks[0])
    say(alice, "look at #1")
    client = Client()
    client.force_login(User.objects.get(pk=alice.user_id))
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/p/web").status_code == 200
    plans = [_plan(query["sql"]) for query in captured if query["sql"].startswith("SELECT")]
    expected = {
        "lines_of_a_project",
        "effects_of_a_say",
        "open_tasks_of_a_column",
        "done_tasks",
        "open_tasks_by_day",
    }
    used = {name for name in expected if any(name in plan for plan in plans)}
    assert used == expected
    assert [plan for plan in plans if "SCAN workspace_event" in plan or "SCAN tasks_task" in plan] == []


def _plan(sql):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return " / ".join(row[3] for row in cursor.fetchall())
