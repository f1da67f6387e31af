"""The list of projects, joining and starting one, and its general settings."""

import json
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from workspace import actions
from workspace.models import Membership, Project

HOSTILE = json.loads((Path(__file__).parent.parent / "cases" / "hostile-names.json").read_text())[
    "display_names"
]
NEW = {"name": "Spring catalogue", "key": "", "slug": "", "access": "open"}


@pytest.fixture
def secret(person) -> Project:
    """A private project that nobody of the cast is in."""
    return actions.create_project(person("Zoe"), "Secret plans", is_private=True).project


@pytest.fixture
def stray(person) -> User:
    """Somebody who came as a guest and is in no project any more."""
    return person("Stray", is_guest=True)


def test_key_and_address_follow_from_the_name(browse, charlie: User):
    assert browse(charlie).post("/p/new", NEW).headers["Location"] == "/p/spring-catalogue"
    member = Membership.objects.select_related("project").get(user=charlie)
    assert (member.role, member.project.key, member.project.is_private) == ("owner", "SPR", False)


def test_a_private_project_is_chosen(browse, charlie: User):
    browse(charlie).post("/p/new", NEW | {"access": "private", "key": "spring", "slug": "My Spring"})
    assert Project.objects.filter(key="SPRING", slug="my-spring", is_private=True).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "\u200b"), ("name", "a\x00"), ("key", "1A"), ("key", "W"), ("key", "WEB"), ("key", "W-B"),
     ("slug", "web"), ("slug", "new"), ("slug", "!!!"), ("access", "secret")],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(browse, project: Project, charlie: User, field: str, value: str):
    page = browse(charlie).post("/p/new", NEW | {field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert Project.objects.count() == 1


def test_guests_start_no_projects(browse, gina: Membership, stray: User):
    gina.user.is_guest = True
    gina.user.save()
    for guest in (gina, stray):
        assert browse(guest).get("/p/new").status_code == 404
        assert browse(guest).post("/p/new", NEW).status_code == 404
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    "page", ["/projects", "/p/new", "/p/web/settings/general", "/p/web/settings/people", "/people/alice"]
)
def test_strangers_are_asked_to_sign_in(project: Project, page: str):
    assert Client().get(page).headers["Location"] == f"/login?next={page}"


def test_open_projects_are_listed_and_joined(browse, project: Project, secret: Project, charlie: User, kinds):
    client = browse(charlie)
    page = client.get("/projects").content.decode()
    assert "Web relaunch" in page
    assert "Secret plans" not in page
    assert client.get("/projects/web/join").status_code == 405
    assert client.post("/projects/web/join").headers["Location"] == "/p/web"
    assert Membership.objects.get(user=charlie).role == "member"
    assert client.post("/projects/web/join").headers["Location"] == "/p/web"
    assert kinds(project).count("member.joined") == 1


def test_a_private_project_looks_like_none(browse, secret: Project, charlie: User):
    client = browse(charlie)
    for page in ("", "/settings/general", "/settings/people"):
        there, nowhere = client.get(f"/p/{secret.slug}{page}"), client.get(f"/p/secret-nowhere{page}")
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content
    there, nowhere = client.post(f"/projects/{secret.slug}/join"), client.post("/projects/nowhere/join")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert not Membership.objects.filter(user=charlie).exists()


def test_a_guest_of_the_workspace_joins_nothing(browse, project: Project, stray: User):
    client = browse(stray)
    assert b"Web relaunch" not in client.get("/projects").content
    assert client.post("/projects/web/join").status_code == 404


def test_a_guest_who_became_a_member_somewhere_is_one_of_the_workspace(
    browse, alice: Membership, stray: User
):
    actions.add_member(alice, stray)
    assert browse(stray).get("/p/new").status_code == 200


GENERAL = {"name": "Web launch", "key": "WL", "hue": "rose", "access": "private"}


def test_an_owner_changes_the_general_settings(browse, alice: Membership, kinds):
    response = browse(alice).post("/p/web/settings/general", GENERAL)
    assert response.headers["Location"] == "/p/web/settings/general"
    project = Project.objects.get()
    assert (project.name, project.key, project.hue, project.is_private) == ("Web launch", "WL", "rose", True)
    assert kinds(project)[-1] == "project.edited"


@pytest.mark.parametrize("who", ["bob", "gina"])
def test_others_see_the_general_settings_and_change_nothing(browse, request, project: Project, who: str):
    client = browse(request.getfixturevalue(who))
    assert b"Owners can change this." in client.get("/p/web/settings/general").content
    assert client.post("/p/web/settings/general", GENERAL).status_code == 403
    project.refresh_from_db()
    assert project.name == "Web relaunch"


def test_an_outsider_finds_no_settings(browse, project: Project, charlie: User):
    for method in ("get", "post"):
        assert getattr(browse(charlie), method)("/p/web/settings/general", GENERAL).status_code == 404
    project.refresh_from_db()
    assert project.name == "Web relaunch"


def test_a_tab_that_is_none_is_not_found(browse, alice: Membership):
    assert browse(alice).get("/p/web/settings").headers["Location"] == "/p/web/settings/general"
    assert browse(alice).get("/p/web/settings/nothing").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("key", "!"), ("key", "SEC"), ("name", " "), ("hue", "pink"), ("access", "")]
)
def test_bad_settings_are_refused_at_their_field(
    browse, alice: Membership, secret: Project, field: str, value: str
):
    page = browse(alice).post("/p/web/settings/general", GENERAL | {field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert Project.objects.get(slug="web").key == "WEB"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_no_harm(browse, alice: Membership, name: str):
    client = browse(alice)
    assert client.post("/p/new", NEW | {"name": name}).status_code in {200, 302}
    client.post("/p/web/settings/general", GENERAL | {"name": name, "access": "open"})
    for page in ("/projects", "/p/web/settings/general", "/p/web/settings/people"):
        content = client.get(page).content
        assert b"<script>alert" not in content
        assert b"\x00" not in content


def test_the_rail_asks_what_is_new_with_one_query(
    browse, alice: Membership, bob: Membership, django_assert_num_queries
):
    alice.project.memberships.update(read_seq=0)
    Project.objects.update(last_seq=3)
    client = browse(bob)
    assert client.get("/projects/unread").json() == {"unread": [bob.project_id]}
    with django_assert_num_queries(3):  # the session, the person, and what is new
        client.get("/projects/unread")
    bob.project.memberships.update(read_seq=3)
    assert client.get("/projects/unread").json() == {"unread": []}
