"""Who is in a project: roles, leaving, removing, invitation links; and the card of a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from workspace import actions
from workspace.models import Invitation, Membership, Project
from workspace.pace import INVITATIONS

PEOPLE = "/p/web/settings/people"
LINK = {"role": "member", "days": "7", "uses": "0"}


@pytest.fixture
def elsewhere(person) -> Membership:
    """The owner of another project."""
    return actions.create_project(person("Zoe"), "Secret plans", is_private=True)


def role_of(member: Membership) -> str:
    return Membership.objects.get(pk=member.pk).role


def test_every_member_sees_who_is_there(browse, alice: Membership, bob: Membership, gina: Membership):
    for member in (alice, bob, gina):
        page = browse(member).get(PEOPLE).content.decode()
        assert all(name in page for name in ("Alice", "Bob", "Gina"))


def test_an_owner_changes_a_role(browse, alice: Membership, bob: Membership):
    client = browse(alice)
    assert client.get(f"{PEOPLE}/{bob.pk}/role").status_code == 405
    assert client.post(f"{PEOPLE}/{bob.pk}/role", {"role": "owner"}).status_code == 302
    assert role_of(bob) == "owner"
    client.post(f"{PEOPLE}/{bob.pk}/role", {"role": "emperor"})
    assert role_of(bob) == "owner"


@pytest.mark.parametrize("who", ["bob", "gina"])
def test_nobody_else_changes_a_role_least_of_all_their_own(browse, request, alice: Membership, who: str):
    member = request.getfixturevalue(who)
    before = role_of(member)
    assert browse(member).post(f"{PEOPLE}/{member.pk}/role", {"role": "owner"}).status_code == 403
    assert browse(member).post(f"{PEOPLE}/{alice.pk}/role", {"role": "guest"}).status_code == 403
    assert (role_of(member), role_of(alice)) == (before, "owner")


def test_the_last_owner_stays_one(browse, alice: Membership):
    client = browse(alice)
    client.post(f"{PEOPLE}/{alice.pk}/role", {"role": "member"})
    assert b"Somebody must own this project." in client.get(PEOPLE).content
    client.post(f"{PEOPLE}/{alice.pk}/remove")
    assert role_of(alice) == "owner"


def test_removing_asks_first_and_names_who(browse, alice: Membership, bob: Membership, kinds):
    client = browse(alice)
    page = client.get(f"{PEOPLE}/{bob.pk}/remove").content.decode()
    assert "Remove Bob" in page
    assert Membership.objects.filter(pk=bob.pk).exists()
    client.post(f"{PEOPLE}/{bob.pk}/remove")
    assert not Membership.objects.filter(pk=bob.pk).exists()
    assert kinds(alice.project)[-1] == "member.removed"
    assert browse(bob.user).get(PEOPLE).status_code == 404


def test_removing_takes_the_open_links_along(browse, alice: Membership, bob: Membership):
    client = browse(alice)
    client.post(PEOPLE, LINK)
    client.post(f"{PEOPLE}/{bob.pk}/remove", {"links": "1"})
    assert not Invitation.objects.filter(revoked_at=None).exists()


def test_anybody_may_leave(browse, gina: Membership):
    assert b"Leave" in browse(gina).get(f"{PEOPLE}/{gina.pk}/remove").content
    assert browse(gina).post(f"{PEOPLE}/{gina.pk}/remove").headers["Location"] == "/projects"
    assert not Membership.objects.filter(pk=gina.pk).exists()


@pytest.mark.parametrize("who", ["bob", "gina"])
def test_nobody_else_removes_anybody(browse, request, alice: Membership, who: str):
    client = browse(request.getfixturevalue(who))
    for method in ("get", "post"):
        assert getattr(client, method)(f"{PEOPLE}/{alice.pk}/remove").status_code == 403
    assert role_of(alice) == "owner"


@pytest.mark.parametrize("what", ["role", "remove"])
def test_a_member_of_another_project_is_out_of_reach(
    browse, alice: Membership, elsewhere: Membership, what: str
):
    for pk in (elsewhere.pk, 99999999999999999999):
        assert browse(alice).post(f"{PEOPLE}/{pk}/{what}", {"role": "guest"}).status_code == 404
        assert browse(elsewhere).post(f"{PEOPLE}/{alice.pk}/{what}", {"role": "guest"}).status_code == 404
    assert (role_of(alice), role_of(elsewhere)) == ("owner", "owner")


def test_a_link_is_shown_once_and_works(browse, alice: Membership, charlie: User):
    client = browse(alice)
    page = client.post(PEOPLE, LINK | {"uses": "1"}).content.decode()
    address = page.split("data-copied>")[1].split("<")[0]
    assert address.startswith("http://testserver/join/")
    assert address not in client.get(PEOPLE).content.decode()
    assert browse(charlie).post(address.removeprefix("http://testserver")).headers["Location"] == "/p/web"
    invitation = Invitation.objects.get()
    assert (invitation.uses, invitation.max_uses) == (1, 1)
    assert timedelta(days=6) < invitation.expires_at - timezone.now() < timedelta(days=8)


def test_nobody_invites_above_themselves(browse, bob: Membership, gina: Membership):
    page = browse(bob).post(PEOPLE, LINK | {"role": "owner"})
    assert b'id="id_role_error"' in page.content
    assert browse(gina).post(PEOPLE, LINK).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("days", "9999999"), ("days", "-1"), ("uses", "x"), ("uses", ""), ("role", "")]
)
def test_terms_that_are_not_offered_are_refused(browse, alice: Membership, field: str, value: str):
    assert browse(alice).post(PEOPLE, LINK | {field: value}).status_code == 200
    assert not Invitation.objects.exists()


def test_a_member_sees_and_revokes_their_own_links_only(browse, alice: Membership, bob: Membership):
    end = timezone.now() + timedelta(days=7)
    hers = actions.invite(alice, "guest", expires_at=end, max_uses=None)[0]
    his = actions.invite(bob, "member", expires_at=end, max_uses=None)[0]
    client = browse(bob)
    page = client.get(PEOPLE).content.decode()
    assert f"invitations/{his.pk}/revoke" in page
    assert f"invitations/{hers.pk}/revoke" not in page
    assert client.post(f"/p/web/settings/invitations/{hers.pk}/revoke").status_code == 403
    assert client.get(f"/p/web/settings/invitations/{his.pk}/revoke").status_code == 405
    assert client.post(f"/p/web/settings/invitations/{his.pk}/revoke").status_code == 302
    assert set(Invitation.objects.filter(revoked_at=None)) == {hers}


def test_a_link_of_another_project_is_out_of_reach(browse, alice: Membership, elsewhere: Membership):
    end = timezone.now() + timedelta(days=7)
    theirs = actions.invite(elsewhere, "guest", expires_at=end, max_uses=None)[0]
    assert browse(alice).post(f"/p/web/settings/invitations/{theirs.pk}/revoke").status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_an_outsider_finds_nothing(browse, alice: Membership, charlie: User):
    client = browse(charlie)
    for page in (PEOPLE, f"{PEOPLE}/{alice.pk}/remove"):
        assert client.get(page).status_code == 404
        assert client.post(page, LINK).status_code == 404
    assert client.post(f"{PEOPLE}/{alice.pk}/role", {"role": "guest"}).status_code == 404


def test_a_card_shows_a_person_and_what_one_shares(
    browse, alice: Membership, bob: Membership, elsewhere: Membership
):
    actions.add_member(elsewhere, alice.user)
    page = browse(bob).get("/people/Alice").content.decode()
    assert "@alice" in page
    assert "Web relaunch" in page
    assert "Secret plans" not in page
    assert "alice@example.com" not in page


def test_a_guest_of_the_workspace_finds_only_those_they_work_with(
    browse, gina: Membership, charlie: User, project: Project
):
    gina.user.is_guest = True
    gina.user.save()
    client = browse(gina)
    assert client.get("/people/alice").status_code == 200
    assert client.get("/people/gina").status_code == 200
    there, nowhere = client.get("/people/charlie"), client.get("/people/nobody")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


def test_who_makes_too_many_invitations_has_to_wait(
    no_time_passes, browse, alice: Membership, bob: Membership
):
    INVITATIONS.take(alice.user_id, INVITATIONS.burst)
    page = browse(alice).post(PEOPLE, LINK)
    assert (page.status_code, page["Retry-After"]) == (429, "30")
    assert b"Too many invitations; try again in 30 s." in page.content
    assert not Invitation.objects.exists()
    INVITATIONS.forget()
    assert browse(alice).post(PEOPLE, LINK).status_code == 200
    assert Invitation.objects.count() == 1
