import re
import time
from statistics import median

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client, override_settings

from accounts.models import User
from workspace import settings as production

RIGHT = {"login": "ana@example.com", "password": "correct horse battery"}
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "http://evil.example", "https://evil.example",
    "https:evil.example", "https:/evil.example", "http:///evil.example", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "%09//evil.example",
    "/%09/evil.example", "//evil.example/%2e%2e", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>", "//evil.example@testserver", "http://testserver@evil.example",
    "http://testserver.evil.example", "http://evil.example#testserver", "http://evil.example?testserver",
    "//[::1]evil", "http://[evil.example", "ftp://testserver/", "//testserver:80@evil.example", "/\x00/evil.example",
    "\x00//evil.example", " //evil.example", "\xa0//evil.example", "\u2028//evil.example", "//ⅇvil.example",  # noqa: RUF001
    "https://evil.example\\@testserver", "vbscript:x", "mailto:a@evil.example", "//evil%00.example", "http:evil.example",
]  # fmt: skip


def test_signing_in_by_email_leads_home(ana: User, client: Client):
    response = client.post("/login", RIGHT)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert UserSession.objects.filter(user=ana).count() == 1


def test_the_case_of_the_address_does_not_matter(ana: User, client: Client):
    assert client.post("/login", RIGHT | {"login": " ANA@Example.COM"}).status_code == 302


def test_next_leads_on_within_the_site(ana: User, client: Client):
    response = client.post("/login?next=/p/web", RIGHT | {"next": "/p/web"})
    assert response.headers["Location"] == "/p/web"


@pytest.mark.parametrize("where", ELSEWHERE)
def test_next_never_leads_off_the_site(ana: User, client: Client, where: str):
    response = client.post("/login", RIGHT | {"next": where})
    assert response.status_code == 302
    location = response.headers["Location"]
    assert location == "/" or (location.startswith("/") and not location.startswith(("//", "/\\")))


@pytest.mark.parametrize("where", ELSEWHERE)
def test_next_after_signing_out_never_leads_off_the_site(as_ana: Client, where: str):
    location = as_ana.post("/logout", {"next": where}).headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def is_off_site(location: str) -> bool:
    """Whether a browser would leave: it takes backslashes for slashes, and drops tabs and line ends."""
    plain = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return not plain.startswith("/") or plain.startswith("//")


def test_no_other_form_and_no_link_leads_off_the_site(ana: User, as_ana: Client, client: Client):
    """Those who are in already, a reset, a password that is asked again, a new one."""
    new = {"oldpassword": RIGHT["password"], "password1": RIGHT["password"]}
    moved = 0
    for where in ELSEWHERE:
        cache.clear()
        for answer in (
            as_ana.get("/login", {"next": where}),
            as_ana.post("/login/again", RIGHT | {"next": where}),
            as_ana.post("/settings/password", new | {"next": where}),
            as_ana.get("/logout", {"next": where}),
            client.post("/login/reset", {"email": ana.email, "next": where}),
            client.get("/settings/profile", {"next": where}),
        ):
            moved += answer.status_code == 302
            assert answer.status_code in {200, 302}, answer
            assert not is_off_site(answer.headers.get("Location", "/")), where
    assert moved > 3 * len(ELSEWHERE)
    assert len(ELSEWHERE) >= 40


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ana: User, client: Client):
    wrong = client.post("/login", RIGHT | {"password": "wrong"})
    unknown = client.post("/login", RIGHT | {"login": "ana@example.org", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 200
    assert b"That email and password do not match." in wrong.content
    assert blank(wrong.content) == blank(unknown.content.replace(b"example.org", b"example.com"))


def blank(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrf" not in line and b"nonce" not in line]


@pytest.mark.flaky(reruns=2)
def test_a_wrong_password_takes_as_long_as_an_unknown_address(ana: User, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    ana.set_password("correct horse battery")
    ana.save()
    times: dict[str, list[float]] = {"ana@example.com": [], "nobody@example.com": []}
    for _ in range(7):
        for login, taken in times.items():
            start = time.perf_counter()
            Client().post("/login", {"login": login, "password": "wrong password"})
            taken.append(time.perf_counter() - start)
    known, unknown = map(median, times.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown)


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    user = User()
    user.set_password("correct horse battery")
    assert user.password.startswith(Argon2PasswordHasher.algorithm)


def test_somebody_switched_off_does_not_come_in(ana: User, client: Client):
    User.objects.update(is_active=False)
    assert client.post("/login", RIGHT).headers["Location"] == "/login/inactive"
    assert "_auth_user_id" not in client.session


def test_there_is_no_open_sign_up(client: Client, db: None):
    for response in (
        client.get("/login/new"),
        client.post("/login/new", {"email": "x@example.com", "password1": "x" * 12}),
    ):
        assert b"People join by invitation" in response.content
    assert not User.objects.exists()


def test_signing_out_needs_a_post(as_ana: Client):
    assert as_ana.get("/logout").status_code == 200
    assert "_auth_user_id" in as_ana.session
    assert as_ana.post("/logout").headers["Location"] == "/login"
    assert "_auth_user_id" not in as_ana.session


def test_a_foreign_form_cannot_sign_in(ana: User):
    assert Client(enforce_csrf_checks=True).post("/login", RIGHT).status_code == 403


def test_a_strange_host_is_turned_away(client: Client, db: None):
    assert client.get("/login", headers={"Host": "evil.example"}).status_code == 400


@override_settings(SESSION_COOKIE_SECURE=True)
def test_the_session_cookie_is_out_of_reach_of_scripts(ana: User, client: Client):
    cookie = client.post("/login", RIGHT, secure=True).cookies[production.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
