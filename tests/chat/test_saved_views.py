"""Queries of the board that somebody keeps under names: theirs alone, on the page, by forms and by the API."""

import json

import pytest
from django.test import Client

from chat import saved_views
from chat.models import SavedView
from chat.saved_views import delete_view, rename_view, save_view, views_of
from tasks.actions import create_task
from workspace import actions
from workspace.errors import Refused
from workspace.models import Event

AS_DATA = {"Accept": "application/json"}


@pytest.fixture
def bobs(bob) -> Client:
    browser = Client()
    browser.force_login(bob.user)
    return browser


def board(browser: Client, **asked: str) -> str:
    return browser.get("/p/web/board", asked).content.decode()


def test_a_view_is_kept_under_its_name_and_by_name_in_order(bob) -> None:
    save_view(bob, "  late\n ones ", "is:overdue")
    save_view(bob, "Mine", "@me  is:open")
    assert [(view.name, view.query) for view in views_of(bob)] == [
        ("late ones", "is:overdue"),
        ("Mine", "@me is:open"),
    ]


def test_views_are_their_members_alone_and_not_in_the_log(alice, bob, gina) -> None:
    before = Event.objects.count()
    save_view(bob, "Mine", "@me")
    save_view(gina, "Mine", "is:open")
    assert views_of(alice) == []
    assert [view.query for view in views_of(gina)] == ["is:open"]
    assert Event.objects.count() == before


def test_a_name_that_is_there_gets_the_new_query(bob) -> None:
    save_view(bob, "Mine", "@me")
    save_view(bob, "MINE", "@me is:open")
    assert [(view.name, view.query) for view in views_of(bob)] == [("MINE", "@me is:open")]


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("", "@me", "bad_name"),
        ("\u200b", "@me", "bad_name"),
        ("x" * 41, "@me", "bad_name"),
        ("Mine", "  ", "bad_filter"),
        ("Mine", "is:opne", "bad_filter"),
        ("Mine", "@nobody", "unknown_user"),
        ("Mine", "x" * 201, "bad_filter"),
    ],
)
def test_what_shows_nothing_is_refused(bob, name: str, query: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        save_view(bob, name, query)
    assert refusal.value.code == code
    assert not SavedView.objects.exists()
    save_view(bob, "x" * 40, "@me")


def test_there_are_as_many_as_anybody_looks_at(bob, monkeypatch) -> None:
    monkeypatch.setattr(saved_views, "MOST", 2)
    for name in ("One", "Two"):
        save_view(bob, name, "@me")
    with pytest.raises(Refused, match="that is the limit"):
        save_view(bob, "Three", "@me")
    save_view(bob, "Two", "is:open")
    assert views_of(bob)[1].query == "is:open"


def test_a_view_is_renamed_but_not_to_the_name_of_another(bob) -> None:
    mine, late = save_view(bob, "Mine", "@me"), save_view(bob, "Late", "is:overdue")
    assert rename_view(bob, mine.pk, "MINE").name == "MINE"
    with pytest.raises(Refused, match="called late"):
        rename_view(bob, mine.pk, "late")
    delete_view(bob, late.pk)
    delete_view(bob, late.pk)
    assert rename_view(bob, mine.pk, "late").query == "@me"
    with pytest.raises(Refused, match="deleted"):
        rename_view(bob, late.pk, "Later")


def test_whoever_leaves_leaves_no_views(alice, bob) -> None:
    save_view(bob, "Mine", "@me")
    actions.remove_member(alice, bob)
    assert not SavedView.objects.exists()


def test_the_board_shows_the_views_and_which_of_them_it_shows(bob, bobs) -> None:
    create_task(bob, "Fix login", assignees=[bob.user])
    save_view(bob, "Mine <now>", "@me is:open")
    plain = board(bobs)
    assert 'href="/p/web?view=board&amp;q=%40me%20is%3Aopen"' in plain
    assert "Mine &lt;now&gt;" in plain
    assert 'aria-current="true">Mine' not in plain
    assert "Save as a view" not in plain
    shown = board(bobs, q="@me  is:open ")
    assert 'aria-current="true">Mine &lt;now&gt;' in shown
    assert "Change the view" in shown
    assert "Save as a view" in board(bobs, q="@me")


def test_the_forms_save_rename_and_delete_without_scripts(bob, bobs) -> None:
    answer = bobs.post("/p/web/views", {"name": "Mine", "query": "@me", "view": "board"})
    assert answer.headers["Location"] == "/p/web?view=board&q=%40me"
    (view,) = views_of(bob)
    answer = bobs.post(f"/p/web/views/{view.pk}", {"name": "Own"})
    assert answer.headers["Location"] == "/p/web?view=&q=%40me"
    assert [view.name for view in views_of(bob)] == ["Own"]
    bobs.post(f"/p/web/views/{view.pk}/delete")
    assert views_of(bob) == []
    assert bobs.post(f"/p/web/views/{view.pk}/delete").status_code == 404


def test_scripts_get_the_view_or_the_refusal_as_data(bob, bobs) -> None:
    answer = bobs.post("/p/web/views", {"name": "Mine", "query": "@me"}, headers=AS_DATA)
    (view,) = views_of(bob)
    assert answer.json() == {"id": view.pk, "name": "Mine", "query": "@me"}
    answer = bobs.post("/p/web/views", {"name": "", "query": "@me"}, headers=AS_DATA)
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad_name"


def test_nobody_reaches_the_view_of_another_member(alice, bob, bobs) -> None:
    hers, his = save_view(alice, "Hers", "@me"), save_view(bob, "His", "@me")
    for path in ("", "/delete"):
        assert bobs.post(f"/p/web/views/{hers.pk}{path}", {"name": "Taken"}).status_code == 404
    assert views_of(alice) == [hers]
    assert "Hers" not in board(bobs)
    assert bobs.post(f"/p/web/views/{his.pk}", {"name": "Taken"}).status_code == 302


def test_programs_keep_views_too(bob, bobs, project) -> None:
    at = f"/api/v1/projects/{project.pk}/views"

    def send(method: str, path: str = "", **body: str):
        return bobs.generic(method, at + path, json.dumps(body), content_type="application/json")

    made = send("POST", name="Mine", query="@me")
    assert made.status_code == 201
    view = made.json()
    assert bobs.get(at).json() == {"views": [view]}
    assert send("PATCH", f"/{view['id']}", name="Own").json() == view | {"name": "Own"}
    assert send("POST", name="Mine", query="is:opne").json()["code"] == "bad_filter"
    assert send("POST", name="Mine", query="@me", owner="1").status_code == 422
    assert send("DELETE", f"/{view['id']}").status_code == 204
    assert send("DELETE", f"/{view['id']}").status_code == 404
    assert bobs.get(at).json() == {"views": []}


def test_a_view_is_understood_in_the_tongue_of_the_browser(bob) -> None:
    client = Client()
    client.force_login(bob.user)
    form = {"name": "Meine", "query": "@ich !hoch"}
    assert client.post("/p/web/views", form).status_code == 422
    assert client.post("/p/web/views", form, headers={"accept-language": "de"}).status_code == 302
    assert [view.query for view in views_of(bob)] == ["@ich !hoch"]
