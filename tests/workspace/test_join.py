from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions import deactivate
from accounts.models import User
from workspace import actions
from workspace.environment import MailServer
from workspace.errors import Refused
from workspace.models import Invitation, Membership

NEW = {"name": "Dora Lenz", "email": "dora@example.com", "password": "correct horse battery", "time_zone": ""}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def link(alice: Membership) -> Callable[..., str]:
    """Makes invitations: `link(max_uses=1)`."""

    def make(role: str = "member", *, days: int = 7, max_uses: int | None = None) -> str:
        end = timezone.now() + timedelta(days=days)
        return "/join/" + actions.invite(alice, role, expires_at=end, max_uses=max_uses)[1]

    return make


def test_the_page_says_who_invites_to_what_and_who_is_there(client: Client, link, bob: Membership):
    page = client.get(link()).content.decode()
    for text in ("Alice", "Northlight", "Web relaunch", "2 people are there", "I have an account"):
        assert text in page


def test_somebody_new_comes_in_and_is_signed_in(client: Client, link, kinds):
    response = client.post(link(), NEW)
    assert response.headers["Location"] == "/p/web"
    dora = Membership.objects.select_related("user", "project").get(user__email="dora@example.com")
    assert (dora.role, dora.user.handle, dora.user.is_guest) == ("member", "dora", False)
    assert client.session["_auth_user_id"] == str(dora.user_id)
    assert kinds(dora.project)[-1] == "member.joined"


def test_a_guest_stays_a_guest_of_the_workspace(client: Client, link):
    client.post(link("guest"), NEW)
    dora = Membership.objects.get(user__email="dora@example.com")
    assert dora.role == "guest"
    assert dora.user.is_guest


def test_somebody_with_an_account_joins_with_one_button(client: Client, link, charlie: User):
    client.force_login(charlie)
    address = link()
    assert b"Join as Charlie" in client.get(address).content
    assert client.post(address).headers["Location"] == "/p/web"
    assert Membership.objects.get(user=charlie).role == "member"


def test_looking_does_not_join(client: Client, link, charlie: User):
    client.force_login(charlie)
    client.get(link())
    assert not Membership.objects.filter(user=charlie).exists()


def test_i_have_an_account_leads_back_here(client: Client, link, charlie: User):
    address = link()
    assert f'href="/login?next={address}"' in client.get(address).content.decode()


def test_a_member_already_goes_on_to_the_project(client: Client, link, bob: Membership):
    client.force_login(bob.user)
    for address in (link(), link(days=-1), link(max_uses=0)):
        assert client.get(address).headers["Location"] == "/p/web"
    assert not Invitation.objects.filter(uses__gt=0).exists()


def test_an_ended_invitation_says_when_and_whom_to_ask(client: Client, link):
    end = timezone.now() - timedelta(days=2)
    response = client.get(link(days=-2))
    assert response.status_code == 410
    assert f"This invite ended on {end.day} {end:%B}. Ask Alice for a new one." in response.content.decode()


def test_a_used_up_invitation_says_so(client: Client, link):
    address = link(max_uses=1)
    Client().post(address, NEW)
    response = client.post(address, NEW | {"email": "eva@example.com"})
    assert response.status_code == 410
    assert b"as often as it could be. Ask Alice" in response.content
    assert not User.objects.filter(email="eva@example.com").exists()


def test_a_revoked_invitation_is_dead_at_once(client: Client, link, alice: Membership):
    address = link()
    actions.revoke_invitation(alice, Invitation.objects.get())
    response = client.post(address, NEW)
    assert response.status_code == 410
    assert b"This invite was taken back. Ask Alice" in response.content
    assert not User.objects.filter(email="dora@example.com").exists()


@pytest.mark.parametrize("code", ["nothing", "a" * 500, "..%2f..", "é", "'--"])
def test_a_code_that_is_none_is_not_found(client: Client, db: None, code: str):
    response = client.get(f"/join/{code}")
    assert response.status_code == 404
    assert "Alice" not in response.content.decode()


def test_a_closed_link_tells_nothing_of_the_project(client: Client, link):
    for address in (link(days=-1), link(max_uses=0)):
        assert b"Web relaunch" not in client.get(address).content


def test_a_link_that_its_maker_left_behind_is_dead(client: Client, alice: Membership, bob: Membership):
    end = timezone.now() + timedelta(days=7)
    code = actions.invite(bob, "member", expires_at=end, max_uses=None)[1]
    actions.remove_member(alice, bob)
    client.force_login(bob.user)
    assert client.post(f"/join/{code}").status_code == 410


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "\u202e"), ("email", "dora"), ("password", "short"), ("email", "a\x00@b.cc")],
)
def test_a_bad_form_uses_nothing_up(client: Client, link, field: str, value: str):
    page = client.post(link(max_uses=1), NEW | {field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert Invitation.objects.get().uses == 0
    assert User.objects.count() == 1


def test_an_address_that_is_taken_uses_nothing_up(client: Client, link, charlie: User):
    page = client.post(link(max_uses=1), NEW | {"email": "Charlie@example.com"}).content.decode()
    assert "There is an account with this email already." in page
    assert Invitation.objects.get().uses == 0
    assert not Membership.objects.filter(user=charlie).exists()


def test_with_a_mail_server_new_and_known_addresses_get_the_same_answer(link, charlie: User, settings):
    settings.MAIL = MailServer("mail.example", 25, "", "", False, False)
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    new, known = Client().post(link(), NEW), Client().post(link(), NEW | {"email": "charlie@example.com"})
    assert new.status_code == known.status_code == 302
    assert new.headers["Location"] == known.headers["Location"] == "/login/verify"
    assert len(mail.outbox) == 2
    assert not EmailAddress.objects.filter(email="dora@example.com", verified=True).exists()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_twenty_uses_at_once_of_a_link_for_one_one_works(link):
    address = link(max_uses=1)

    def use(number: int) -> int:
        try:
            return (
                Client(REMOTE_ADDR=f"198.51.100.{number}")
                .post(address, NEW | {"email": f"d{number}@example.com"})
                .status_code
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(use, range(20)))
    assert sorted(set(answers)) == [302, 410]
    assert answers.count(302) == 1
    assert Membership.objects.count() == User.objects.count() == 2


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_often_joins_once(link, charlie: User):
    address = link(max_uses=5)

    def press(_: int) -> str:
        browser = Client()
        browser.force_login(charlie)
        try:
            return browser.post(address).headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(press, range(5))) == {"/p/web"}
    assert Membership.objects.filter(user=charlie).count() == 1


def test_many_tries_from_one_place_have_to_wait(client: Client, link):
    address = link()
    answers = [client.post(address, {}).status_code for _ in range(21)]
    assert answers[-1] == 429
    assert set(answers[:20]) == {200}


def test_the_code_is_not_stored(alice: Membership):
    end = timezone.now() + timedelta(days=1)
    invitation, code = actions.invite(alice, "member", expires_at=end, max_uses=None)
    assert code not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert len(code) >= 22


def test_who_was_switched_off_leaves_no_way_back_in(client: Client, project, bob: Membership, charlie: User):
    end = timezone.now() + timedelta(days=7)
    invitation, code = actions.invite(bob, "member", expires_at=end, max_uses=None)
    assert client.get(f"/join/{code}").status_code == 200
    deactivate(bob.user)
    answer = client.post(f"/join/{code}", NEW)
    assert answer.status_code == 410
    assert b"This invite was taken back." in answer.content
    with pytest.raises(Refused, match="can no longer be used"):
        actions.accept_invitation(invitation, charlie)
    assert not Membership.objects.filter(project=project, user__email=NEW["email"]).exists()
