from datetime import UTC, datetime

import pytest
from django.test import Client

from tasks.actions import create_task, set_due
from tasks.models import Column, Task
from tasks.steps import Due


@pytest.fixture
def post():
    """Posts as somebody, and gives the answer as a script gets it: `post(bob, path, column=3)`."""

    def send(member, path, **fields):
        client = Client()
        client.force_login(getattr(member, "user", member))
        return client.post(path, fields, headers={"Accept": "application/json"})

    return send


def column(project, kind):
    return Column.objects.get(project=project, kind=kind)


def test_moving_a_card_moves_the_task_for_everybody(bob, project, task, post):
    answer = post(bob, "/p/web/t/1/move", column=column(project, "doing").pk)
    assert answer.status_code == 200
    assert answer.json()["column"]["kind"] == "doing"
    task.refresh_from_db()
    assert task.column.kind == "doing"


def test_a_card_can_be_dropped_before_and_after_another(bob, project, task, post):
    for title in ("Second", "Third"):
        create_task(bob, title)
    following = column(project, "next")
    post(bob, "/p/web/t/3/move", column=following.pk, before=1)
    post(bob, "/p/web/t/1/move", column=following.pk, after=2)
    assert list(Task.objects.order_by("position").values_list("number", flat=True)) == [3, 2, 1]


WRITES = {
    "move": lambda project: ("/p/web/t/1/move", {"column": column(project, "doing").pk}),
    "edit": lambda project: ("/p/web/t/1/edit", {"title": "Other"}),
    "done": lambda project: ("/p/web/t/1/edit", {"do": "done"}),
    "add": lambda project: ("/p/web/t/add", {"column": column(project, "next").pk, "title": "New"}),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_members_write_guests_may_not_and_outsiders_find_nothing(
    write, bob, gina, charlie, project, task, post, kinds
):
    path, fields = write(project)
    before = kinds(project)
    refused = post(gina, path, **fields)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert post(charlie, path, **fields).status_code == 404
    assert kinds(project) == before
    assert post(bob, path, **fields).status_code in {200, 201}
    assert len(kinds(project)) == len(before) + 1


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_nothing_is_written_by_following_a_link(write, bob, project, task, kinds):
    client = Client()
    client.force_login(bob.user)
    before = kinds(project)
    path, fields = write(project)
    assert client.get(path, fields).status_code == 405
    assert kinds(project) == before


def test_a_person_who_has_no_script_goes_back_to_where_they_were(bob, project, task):
    client = Client()
    client.force_login(bob.user)
    fields = {"do": "done", "next": "/p/web?view=board"}
    assert client.post("/p/web/t/1/edit", fields)["Location"] == "/p/web?view=board"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_nobody_is_sent_to_another_site(bob, task, target):
    client = Client()
    client.force_login(bob.user)
    assert client.post("/p/web/t/1/edit", {"do": "done", "next": target})["Location"] == "/p/web/t/1"


def test_a_refusal_is_a_page_for_somebody_without_scripts(gina, task):
    client = Client()
    client.force_login(gina.user)
    answer = client.post("/p/web/t/1/edit", {"do": "done"})
    assert answer.status_code == 403
    assert "Ask Alice" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"title": ""}, "title_empty"), ({"title": "x" * 201}, "title_too_long"), ({"due_on": "soon"}, "bad_date"),
     ({"priority": "9"}, "unknown_priority"), ({"estimate": "long"}, "bad_estimate"), ({"labels": "12"}, "bad_label"),
     ({"labels": "x" * 33}, "bad_label"), ({"do": "explode"}, "bad_request")],
)  # fmt: skip
def test_a_bad_field_is_refused_and_nothing_is_stored(bob, project, task, post, kinds, fields, code):
    before = kinds(project)
    answer = post(bob, "/p/web/t/1/edit", **{"description": "kept out"} | fields)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert kinds(project) == before


def test_the_fields_of_the_page_are_stored(bob, alice, task, post):
    fields = {
        "title": "Fix sign-in", "description": "Notes", "due_on": "2026-12-24", "priority": "3", "estimate": "3pt",
        "labels": "bug, copy", "assignees": ["", str(alice.user_id)],
    }  # fmt: skip
    stored = post(bob, "/p/web/t/1/edit", **fields).json()
    assert stored["title"] == "Fix sign-in"
    assert (stored["due_on"], stored["priority"], stored["estimate"]) == ("2026-12-24", "high", "3pt")
    assert stored["labels"] == ["bug", "copy"]
    assert stored["assignees"] == ["alice"]


def test_somebody_who_is_no_member_is_not_assigned_and_nobody_is_taken_off(bob, alice, charlie, task, post):
    post(bob, "/p/web/t/1/edit", assignees=str(bob.user_id))
    for wrong in (str(charlie.pk), "0", "x", "9" * 19):
        refused = post(bob, "/p/web/t/1/edit", assignees=[str(alice.user_id), wrong])
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_user")
    task.refresh_from_db()
    assert [person.handle for person in task.assignees.all()] == ["bob"]


@pytest.mark.parametrize("number", ["", "0", "99", "x", "99999999999999999999"])
def test_a_column_that_is_not_there_is_refused(bob, task, post, number):
    assert post(bob, "/p/web/t/1/move", column=number).json()["code"] == "unknown_column"


def test_a_column_of_another_project_is_refused(bob, task, post, person):
    from workspace.actions import create_project

    foreign = create_project(person("Zoe"), "Elsewhere").project
    assert post(bob, "/p/web/t/1/move", column=column(foreign, "doing").pk).json()["code"] == "unknown_column"


def test_the_short_address_leads_to_the_task_and_tells_outsiders_nothing(bob, charlie, task):
    client = Client()
    client.force_login(bob.user)
    assert client.get("/web-1")["Location"] == "/p/web/t/1"
    assert client.get("/WEB-99").status_code == 404
    client.force_login(charlie)
    assert client.get("/WEB-1").status_code == 404


def test_the_form_sent_again_keeps_the_time_of_day(bob, task, post):
    at = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)
    set_due(bob, task, Due(at.date(), at))
    assert post(bob, "/p/web/t/1/edit", due_on="2026-12-24").json()["due_at"]
    assert post(bob, "/p/web/t/1/edit", due_on="2026-12-25").json()["due_at"] is None
