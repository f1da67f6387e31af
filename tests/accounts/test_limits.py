"""Too many attempts to come in: they are told to wait, and nobody is locked out by somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import limits
from accounts.actions import add_person, draft_person
from accounts.models import Attempt, User
from workspace import settings as production
from workspace.actions import create_project, create_workspace, invite

RIGHT = {"login": "ana@example.com", "password": "correct horse battery"}
WRONG = RIGHT | {"password": "wrong"}
OURS, THEIRS = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def in_database(settings, db):
    """Attempts are counted as on a server without Redis."""
    if not production.REDIS_URL:
        settings.CACHES = production.CACHES
    cache.clear()
    yield
    cache.clear()


def is_limited(response) -> bool:
    """Whether it says so in every way there is; the seconds are those of the sentence."""
    if response.status_code != 429:
        return False
    assert f"try again in {response['Retry-After']} s." in response.content.decode()
    assert 1 <= int(response["Retry-After"]) <= 60
    return True


def test_after_ten_failures_in_a_minute_even_the_right_password_waits_and_the_address_stays(ana, in_database):
    for _ in range(10):
        assert Client(**THEIRS).post("/login", WRONG).status_code == 200
    page = Client(**THEIRS).post("/login", RIGHT)
    assert is_limited(page)
    assert b'value="ana@example.com"' in page.content


def test_what_is_counted_outlives_a_restart_where_there_is_no_redis(ana, in_database):
    for _ in range(10):
        Client(**THEIRS).post("/login", WRONG)
    caches["default"].close()
    if not production.REDIS_URL:
        assert Attempt.objects.exists()
        assert production.CACHES["default"]["LOCATION"] == Attempt._meta.db_table
    assert is_limited(Client(**THEIRS).post("/login", RIGHT))


def test_nobody_can_lock_somebody_else_out(ana, in_database):
    here = Client(**OURS)
    here.post("/login", RIGHT)
    for _ in range(40):
        Client(**THEIRS).post("/login", WRONG)
        Client(**THEIRS).post("/login/reset", {"email": ana.email})
    assert is_limited(Client(**THEIRS).post("/login", RIGHT))
    assert Client(**OURS).post("/login", RIGHT).status_code == 302
    assert Client(**OURS).post("/login/reset", {"email": ana.email}).status_code == 302
    assert here.get("/settings/profile").status_code == 200, "who is in stays in"
    assert here.post("/login/again", RIGHT).status_code != 429


def test_one_who_mistypes_keeps_nobody_at_the_same_address_out(ana, in_database):
    ben = add_person(draft_person(email="ben@example.com", name="Ben", password=RIGHT["password"]))
    for _ in range(12):
        Client(**OURS).post("/login", WRONG)
    assert is_limited(Client(**OURS).post("/login", RIGHT))
    assert Client(**OURS).post("/login", RIGHT | {"login": ben.email}).status_code == 302


def test_one_address_does_not_try_many_accounts(ana, in_database):
    for number in range(30):
        assert Client(**THEIRS).post("/login", WRONG | {"login": f"p{number}@example.com"}).status_code == 200
    assert is_limited(Client(**THEIRS).post("/login", RIGHT))


def test_the_right_password_is_not_counted(ana, in_database):
    for _ in range(40):
        assert Client(**OURS).post("/login", RIGHT).status_code == 302


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP"]
)
def test_an_address_that_no_proxy_vouches_for_is_ignored(ana, in_database, name):
    for number in range(12):
        Client(**THEIRS, headers={name: f"198.51.100.{number}"}).post("/login", WRONG)
    assert is_limited(Client(**THEIRS, headers={name: "198.51.100.99"}).post("/login", RIGHT))


def test_behind_a_proxy_that_is_believed_the_reported_address_counts(ana, in_database, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        forged = {"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.9"}
        Client(headers=forged).post("/login", WRONG)
    assert is_limited(Client(headers={"X-Forwarded-For": "203.0.113.9"}).post("/login", RIGHT))
    assert Client(headers={"X-Forwarded-For": "198.51.100.7"}).post("/login", RIGHT).status_code == 302


def test_addresses_of_one_ipv6_network_are_one(ana, in_database):
    for number in range(12):
        Client(REMOTE_ADDR=f"2001:db8::{number}").post("/login", WRONG)
    assert is_limited(Client(REMOTE_ADDR="2001:db8::ffff").post("/login", RIGHT))
    assert Client(REMOTE_ADDR="2001:db8:1::1").post("/login", RIGHT).status_code == 302


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_attempts_at_once_no_more_than_the_limit_look_at_the_password(ana, in_database):
    looked, look = [], AuthenticationBackend.authenticate

    def authenticate(self, request, **credentials):
        looked.append(credentials)
        return look(self, request, **credentials)

    def attempt(_):
        try:
            return Client(**THEIRS).post("/login", WRONG).status_code
        finally:
            connection.close()

    with patch.object(AuthenticationBackend, "authenticate", authenticate), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(60)))
    assert 0 < len(looked) <= 10
    assert answers.count(200) == len(looked)
    assert answers.count(429) == 60 - len(looked)


def test_who_asks_for_too_many_links_waits_and_the_address_stays(ana, in_database):
    browser = Client(**THEIRS)
    for number in range(5):
        assert browser.post("/login/reset", {"email": f"p{number}@example.com"}).status_code == 302
    page = browser.post("/login/reset", {"email": ana.email})
    assert is_limited(page)
    assert b'value="ana@example.com"' in page.content


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_nobody_fills_the_mailbox_of_somebody_else(ana, in_database, name):
    pages = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post("/login/reset", {"email": f"{name}@example.com"})
        for n in range(9)
    ]
    assert {page.status_code for page in pages} == {302}, "which looks the same"
    assert len(mail.outbox) == 5
    assert "/login/reset/" in mail.outbox[0].body or name == "nobody", "and the links that were sent work"


def test_who_joins_too_often_waits_and_what_was_typed_stays(ana, in_database, settings):
    create_workspace("Northlight")
    member = create_project(ana, "Web", key="WEB", slug="web")
    _, code = invite(member, "member", expires_at=timezone.now() + timedelta(days=1), max_uses=None)
    browser = Client(**THEIRS)
    typed = {"name": "Zoë Quick", "email": "taken", "password": "correct horse battery", "time_zone": "UTC"}
    for number in range(20):
        assert (
            Client(**THEIRS).post(f"/join/{code}", typed | {"email": f"p{number}@example.com"}).status_code
            == 302
        )
    page = browser.post(f"/join/{code}", typed | {"email": "zoe@example.com"})
    assert is_limited(page)
    assert 'value="Zoë Quick"' in page.content.decode()
    assert not User.objects.filter(email="zoe@example.com").exists()
    other = Client(**OURS).post(f"/join/{code}", typed | {"email": "zoe@example.com"})
    assert other.status_code == 302


def test_the_time_to_wait_is_that_of_the_narrowest_limit(rf: RequestFactory, in_database, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/key,3/h/key"}
    request = rf.post("/login", **THEIRS)
    request.user = AnonymousUser()
    waits = [limits.seconds_to_wait(request, "login_failed", "x")]
    for _ in range(2):
        assert not limits.is_too_often(request, "login_failed", "x")
        waits.append(limits.seconds_to_wait(request, "login_failed", "x"))
    assert waits[:2] == [1, 1]
    assert 55 <= waits[2] <= 60
    assert limits.sentence(59) == "Too many attempts; try again in 59 s."
    assert limits.sentence(3_600) == "Too many attempts; try again in 60 min."


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_answered_elsewhere_says_so_too(ana, in_database, accept):
    browser = Client(**OURS, headers={"Accept": accept})
    browser.force_login(ana)
    pages = [
        browser.post("/settings/password", {"oldpassword": "wrong", "password1": "x" * 12}) for _ in range(7)
    ]
    assert pages[0].status_code in {200, 400}
    assert (pages[-1].status_code, pages[-1]["Retry-After"]) == (429, "60")
    if accept == "application/json":
        assert pages[-1].json()["code"] == "rate_limited"
