"""Tasks and the board over HTTP."""

import pytest

from accounts.models import ApiToken
from tasks import queries
from tasks.actions import archive_task, complete_task, create_task


@pytest.fixture
def read(client, gina):
    """Reads as a guest, who may see all of it."""
    headers = {"Authorization": f"Bearer {ApiToken.issue(gina.user, 'test')[1]}"}
    return lambda path: client.get(f"/api/v1/projects/{gina.project_id}{path}", headers=headers)


@pytest.fixture
def four(alice, bob):
    tasks = [create_task(alice, title) for title in ("Open", "Done", "Archived")]
    tasks.append(create_task(alice, "Bob's", assignees=[bob.user]))
    complete_task(alice, tasks[1])
    archive_task(alice, tasks[2])
    return tasks


def titles(response):
    assert response.status_code == 200
    return [task["title"] for task in response.json()["tasks"]]


def test_lists_tasks_by_state_and_person(read, four):
    assert titles(read("/tasks")) == ["Open", "Bob's"]
    assert titles(read("/tasks?state=done")) == ["Done"]
    assert titles(read("/tasks?state=archived")) == ["Archived"]
    assert titles(read("/tasks?state=all")) == ["Open", "Done", "Archived", "Bob's"]
    assert titles(read("/tasks?assignee=BOB")) == ["Bob's"]
    assert titles(read("/tasks?assignee=%00nobody")) == []
    assert read("/tasks?state=lost").status_code == 422


def test_lists_tasks_in_pieces(read, four):
    assert titles(read("/tasks?state=all&limit=2")) == ["Open", "Done"]
    assert titles(read("/tasks?state=all&limit=2&after=2")) == ["Archived", "Bob's"]
    assert titles(read("/tasks?after=99999999999999999999")) == []


def test_a_task_costs_no_query_of_its_own(read, four, alice, django_assert_max_num_queries):
    for number in range(9):
        create_task(alice, f"More {number}")
    with django_assert_max_num_queries(8):
        assert len(titles(read("/tasks"))) == 11


def test_gives_one_task_by_number(read, four):
    body = read("/tasks/1").json()
    assert (body["ref"], body["title"], body["column"]["name"]) == ("WEB-1", "Open", "Next")
    assert read("/tasks/99").status_code == read(f"/tasks/{10**30}").status_code == 404
    assert read("/tasks/99").content == read("/nonsense").content


def test_gives_the_board_as_it_is_shown(read, four, project):
    body = read("/board").json()
    shown = queries.board(project)
    assert [column["name"] for column in body["columns"]] == [column.name for column in shown]
    assert [[task["title"] for task in column["tasks"]] for column in body["columns"]] == [
        [task.title for task in column.cards] for column in shown
    ]
    project.refresh_from_db()
    assert body["seq"] == project.last_seq
