"""The settings of a board: columns and labels."""

import pytest
from django.test import Client

from tasks.actions import create_task
from tasks.columns import edit_column, edit_label, move_column
from tasks.history import differences
from tasks.models import Column, Label
from workspace import live
from workspace.errors import Denied, Refused
from workspace.models import Event, Membership, Project


@pytest.fixture
def doing(project: Project) -> Column:
    return project.columns.get(kind="doing")


@pytest.fixture
def bug(alice: Membership) -> Label:
    create_task(alice, "Fix login", labels=["bug", "design"])
    return Label.objects.get(name="bug")


def sign_in(member: Membership) -> Client:
    browser = Client()
    browser.force_login(member.user)
    return browser


def names(project: Project) -> list[str]:
    return [column.name for column in project.columns.all()]


def test_a_column_is_renamed_and_limited(alice: Membership, doing: Column, kinds):
    edit_column(alice, doing, name=" In  work ", limit=3)
    doing.refresh_from_db()
    assert (doing.name, doing.limit) == ("In work", 3)
    assert kinds(alice.project)[-1] == "column.edited"


def test_the_same_again_is_no_event(alice: Membership, doing: Column, kinds):
    before = kinds(alice.project)
    edit_column(alice, doing, name="Doing", limit=None)
    move_column(alice, doing, by=0)
    assert kinds(alice.project) == before


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "done", "\u202e"])
def test_a_name_that_cannot_be_is_refused_whole(alice: Membership, doing: Column, kinds, name: str):
    before = kinds(alice.project)
    with pytest.raises(Refused):
        edit_column(alice, doing, name=name, limit=3)
    doing.refresh_from_db()
    assert (doing.name, doing.limit, kinds(alice.project)) == ("Doing", None, before)


def test_a_column_moves_as_far_as_there_is_room(alice: Membership, doing: Column, project: Project):
    move_column(alice, doing, by=-1)
    assert names(project) == ["Backlog", "Doing", "Next", "Done"]
    move_column(alice, doing, by=-9)
    move_column(alice, doing, by=-1)
    assert names(project) == ["Doing", "Backlog", "Next", "Done"]


def test_a_label_is_renamed_on_its_tasks_and_the_log_still_adds_up(
    alice: Membership, bug: Label, project: Project
):
    edit_label(alice, bug, name="defect", hue="rose")
    assert {label.name for label in project.tasks.get().labels.all()} == {"defect", "design"}
    assert differences(project) == []


@pytest.mark.parametrize(
    ("name", "hue"),
    [("design", "rose"), ("two words", "rose"), ("12", "rose"), ("#x", "rose"), ("bug", "pink")],
)
def test_a_label_that_could_not_be_typed_is_refused(alice: Membership, bug: Label, name: str, hue: str):
    with pytest.raises(Refused):
        edit_label(alice, bug, name=name, hue=hue)


@pytest.mark.parametrize("who", ["bob", "gina"])
def test_only_owners_change_the_board(request, doing: Column, bug: Label, who: str):
    member = request.getfixturevalue(who)
    for attempt in (
        lambda: edit_column(member, doing, name="X", limit=None),
        lambda: move_column(member, doing, by=1),
        lambda: edit_label(member, bug, name="x", hue="rose"),
    ):
        with pytest.raises(Denied):
            attempt()
    assert sign_in(member).post(f"/p/web/settings/columns/{doing.pk}", {"name": "X"}).status_code == 403
    assert (
        sign_in(member).post(f"/p/web/settings/labels/{bug.pk}", {"name": "x", "hue": "rose"}).status_code
        == 403
    )


def test_a_change_is_shown_live(alice: Membership, doing: Column, bug: Label):
    edit_column(alice, doing, name="In work", limit=1)
    edit_label(alice, bug, name="defect", hue="rose")
    column, label = live.frames(list(Event.objects.order_by("-seq")[:2])[::-1])
    assert f'put=\\"column-{doing.pk}\\"' in column.html
    assert "In work" in column.html
    assert f'put-copies=\\"label-{bug.pk}\\"' in label.html
    assert "defect" in label.html


def test_the_pages_change_what_they_show(alice: Membership, doing: Column, bug: Label, project: Project):
    browser = sign_in(alice)
    assert b"In work" not in browser.get("/p/web/settings/columns").content
    browser.post(f"/p/web/settings/columns/{doing.pk}", {"name": "In work", "limit": "3"})
    browser.post(f"/p/web/settings/columns/{doing.pk}", {"move": "right"})
    browser.post(f"/p/web/settings/labels/{bug.pk}", {"name": "defect", "hue": "rose"})
    assert names(project) == ["Backlog", "Next", "Done", "In work"]
    assert b"In work" in browser.get("/p/web/settings/columns").content
    assert b'data-hue="rose"><bdi>defect' in browser.get("/p/web/settings/labels").content


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1000", "²", "1.5"])
def test_a_limit_that_is_none_is_refused(alice: Membership, doing: Column, limit: str):
    browser = sign_in(alice)
    browser.post(f"/p/web/settings/columns/{doing.pk}", {"name": "In work", "limit": limit})
    assert b"A limit is a number from 1 to 999, or nothing." in browser.get("/p/web/settings/columns").content
    doing.refresh_from_db()
    assert doing.name == "Doing"


def test_outsiders_and_other_boards_are_kept_apart(
    alice: Membership, doing: Column, bug: Label, charlie, person
):
    from workspace.actions import create_project

    theirs = create_project(person("Zoe"), "Other").project.columns.first()
    assert sign_in(alice).post(f"/p/web/settings/columns/{theirs.pk}", {"name": "X"}).status_code == 404
    browser = Client()
    browser.force_login(charlie)
    for page in ("columns", "labels", f"columns/{doing.pk}", f"labels/{bug.pk}"):
        assert browser.post(f"/p/web/settings/{page}", {"name": "X"}).status_code in {404, 405}
        assert browser.get(f"/p/web/settings/{page}").status_code in {404, 405}
    assert sign_in(alice).get(f"/p/web/settings/columns/{doing.pk}").status_code == 405
