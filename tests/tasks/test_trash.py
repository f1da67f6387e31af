"""The trash: what is in it, who takes it back, and what it comes back to."""

from datetime import timedelta

import pytest

from accounts.models import ApiToken
from tasks.actions import archive_task, create_task, move_task
from tasks.history import differences, undo
from tasks.models import Column, Task
from tasks.state import state_of
from tasks.trash import delete_task, restore_task, trash
from workspace.errors import Denied, Refused


@pytest.fixture
def thrown(alice, task) -> Task:
    return delete_task(alice, task)


def test_it_comes_back_as_it_was(alice, project, task, kinds) -> None:
    before = state_of(task)
    delete_task(alice, task)
    assert [each.number for each in trash(project)] == [task.number]
    since = project.events.count()
    restore_task(alice, task)
    assert kinds(project, since) == ["task.restored"]
    assert state_of(project.tasks.get()) == before
    assert trash(project) == []
    assert differences(project) == []


def test_what_was_archived_before_is_archived_again(alice, project, task) -> None:
    archive_task(alice, task)
    before = state_of(project.tasks.get())
    delete_task(alice, task)
    restore_task(alice, task)
    assert state_of(project.tasks.get()) == before


def test_it_takes_no_place_that_another_has_taken(alice, project, task, thrown) -> None:
    other = create_task(alice, "Other")
    move_task(alice, other, project.columns.get(kind=Column.Kind.NEXT), at="top")
    Task.objects.filter(pk=other.pk).update(position=thrown.position)
    restore_task(alice, thrown)
    assert len(set(project.tasks.values_list("position", flat=True))) == 2


def test_what_is_not_there_does_not_come_back(alice, project, thrown, kinds) -> None:
    restore_task(alice, thrown)
    before = kinds(project)
    with pytest.raises(Refused, match="#1 is not in the trash"):
        restore_task(alice, thrown)
    assert kinds(project) == before


def test_it_is_for_its_author_and_for_owners(alice, bob, gina, thrown) -> None:
    with pytest.raises(Denied, match=r"You cannot restore #1: only its author \(Alice\) or an owner can"):
        restore_task(bob, thrown)
    with pytest.raises(Denied):
        restore_task(gina, thrown)
    his = delete_task(alice, create_task(bob, "His"))
    restore_task(bob, his)
    restore_task(alice, thrown)
    assert Task.objects.count() == 2


def test_undo_throws_it_away_again(alice, project, thrown) -> None:
    restore_task(alice, thrown)
    undo(alice)
    assert [each.number for each in trash(project)] == [1]
    assert differences(project) == []


class TestThePage:
    def test_lists_it_and_leads_back(self, client, alice, project, thrown) -> None:
        client.force_login(alice.user)
        page = client.get("/p/web/settings/trash").content.decode()
        assert "Fix login" in page
        assert f"gone after {thrown.deleted_at + timedelta(days=30):%-d %B %Y}" in page
        answer = client.post("/p/web/trash/1/restore", follow=True)
        assert "WEB-1 is back." in answer.content.decode()
        assert "Nothing is in the trash." in client.get("/p/web/settings/trash").content.decode()
        assert project.tasks.exists()
        assert client.post("/p/web/trash/1/restore").status_code == 404

    def test_has_a_button_for_whom_it_works(self, client, alice, bob, gina, thrown) -> None:
        delete_task(alice, create_task(bob, "His"))
        buttons = {}
        for member in (alice, bob, gina):
            client.force_login(member.user)
            buttons[member] = client.get("/p/web/settings/trash").content.decode().count("/restore")
        assert buttons == {alice: 2, bob: 1, gina: 0}

    def test_is_not_there_for_outsiders(self, client, alice, charlie, thrown) -> None:
        client.force_login(charlie)
        assert client.get("/p/web/settings/trash").status_code == 404
        assert client.post("/p/web/trash/1/restore").status_code == 404
        client.force_login(alice.user)
        assert client.get("/p/web/settings/trash").status_code == 200


def test_programs_list_it_and_take_it_back(client, alice, bob, project, thrown) -> None:
    def call(member, method, path):
        headers = {"Authorization": f"Bearer {ApiToken.issue(member.user, 'test')[1]}"}
        return getattr(client, method)(f"/api/v1/projects/{project.pk}/trash{path}", headers=headers)

    (row,) = call(bob, "get", "").json()["tasks"]
    assert (row["ref"], row["deleted_at"]) == ("WEB-1", thrown.deleted_at.isoformat())
    assert call(bob, "post", "/1/restore").json()["code"] == "forbidden"
    assert call(alice, "post", "/1/restore").json()["deleted_at"] is None
    assert call(alice, "post", "/1/restore").status_code == 404
    assert call(bob, "get", "").json() == {"tasks": []}
