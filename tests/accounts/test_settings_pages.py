"""The pages under /settings: profile, appearance, password, sessions, tokens."""

from unittest.mock import Mock

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.actions import add_person, draft_person
from accounts.models import ApiToken, User
from accounts.signals import access_ended
from accounts.templatetags.accounts import browser_name

PASSWORD = "correct horse battery"
PAGES = [
    "/settings/profile",
    "/settings/appearance",
    "/settings/password",
    "/settings/sessions",
    "/settings/tokens",
]
PROFILE = {"name": "Ana D.", "handle": "anad", "time_zone": "Europe/Lisbon", "hue": "rose"}


@pytest.fixture
def ben(db: None) -> User:
    return add_person(draft_person(email="ben@example.com", name="Ben", password=PASSWORD))


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_those_who_have_signed_in(page: str, as_ana: Client):
    assert as_ana.get(page).status_code == 200
    assert Client().get(page).headers["Location"] == f"/login?next={page}"


def test_settings_begin_with_the_profile(as_ana: Client):
    assert as_ana.get("/settings").headers["Location"] == "/settings/profile"
    assert as_ana.get("/settings/nothing").status_code == 404


def test_a_profile_is_saved(as_ana: Client, ana: User):
    assert as_ana.post("/settings/profile", PROFILE).status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.handle, ana.time_zone, ana.hue) == ("Ana D.", "anad", "Europe/Lisbon", "rose")


def test_a_language_for_commands_is_chosen_and_left_to_the_browser_again(as_ana: Client, ana: User):
    for chosen in ("de", ""):
        assert as_ana.post("/settings/profile", PROFILE | {"language": chosen}).status_code == 302
        ana.refresh_from_db()
        assert ana.language == chosen
    assert as_ana.post("/settings/profile", PROFILE | {"language": "tlh"}).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "\u200b"), ("name", ""), ("name", "a\x00b"), ("name", "x" * 81), ("handle", "here"), ("handle", "ben"),
     ("time_zone", "Mars/Base"), ("hue", "pink")],
)  # fmt: skip
def test_a_bad_profile_is_refused_with_the_reason_at_its_field(
    as_ana: Client, ana: User, ben: User, field: str, value: str
):
    response = as_ana.post("/settings/profile", PROFILE | {field: value})
    assert response.status_code == 200
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert 'class="errors" role="alert"' in page
    assert 'value="Ana D."' in page or field == "name"
    ana.refresh_from_db()
    assert ana.handle == "ana"


def test_a_theme_is_kept_in_a_cookie_and_drawn_by_the_server(as_ana: Client):
    assert 'data-theme="' not in as_ana.get("/settings/appearance").content.decode().split("<body")[0]
    as_ana.post("/settings/appearance", {"theme": "dark"})
    assert b'data-theme="dark"' in as_ana.get("/settings/appearance").content
    as_ana.post("/settings/appearance", {"theme": "system"})
    assert b'data-theme="' not in as_ana.get("/settings/appearance").content.split(b"<body")[0]


def test_a_theme_that_does_not_exist_is_not_drawn(as_ana: Client):
    as_ana.cookies["theme"] = 'dark"><script>'
    assert b"data-theme=" not in as_ana.get("/settings/appearance").content.split(b"<body")[0]
    assert as_ana.post("/settings/appearance", {"theme": "sepia"}).status_code == 200


def test_a_token_is_shown_once(as_ana: Client, ana: User):
    page = as_ana.post("/settings/tokens", {"name": "deploy bot"}).content.decode()
    secret = page.split("data-copied>")[1].split("<")[0]
    assert ApiToken.find(secret).user == ana
    assert secret not in as_ana.get("/settings/tokens").content.decode()


def test_a_token_is_revoked_by_its_owner_only(as_ana: Client, ana: User, ben: User):
    mine, others = ApiToken.issue(ana, "mine")[0], ApiToken.issue(ben, "others")[0]
    assert as_ana.post(f"/settings/tokens/{others.pk}/revoke").status_code == 404
    assert as_ana.post("/settings/tokens/99999999999999999999/revoke").status_code == 404
    assert as_ana.get(f"/settings/tokens/{mine.pk}/revoke").status_code == 405
    assert as_ana.post(f"/settings/tokens/{mine.pk}/revoke").status_code == 302
    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.revoked_at
    assert others.revoked_at is None


def sign_in(user: User) -> Client:
    browser = Client()
    browser.post("/login", {"login": user.email, "password": PASSWORD})
    return browser


def test_sessions_are_listed_by_browser(as_ana: Client):
    page = as_ana.get("/settings/sessions").content
    assert b"Firefox on Linux" in page
    assert b"This browser" in page


def test_one_other_session_is_ended(as_ana: Client, ana: User):
    other, third = sign_in(ana), sign_in(ana)
    row = UserSession.objects.get(session_key=other.session.session_key)
    as_ana.post("/settings/sessions/end", {"session": row.pk})
    assert other.get("/settings/profile").status_code == 302
    assert third.get("/settings/profile").status_code == 200


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "9" * 5000])
def test_a_session_that_cannot_be_is_not_ended(as_ana: Client, number: str):
    assert as_ana.post("/settings/sessions/end", {"session": number}).status_code == 302
    assert as_ana.get("/settings/sessions").status_code == 200


def test_all_other_sessions_are_ended(as_ana: Client, ana: User, ben: User):
    other, bens = sign_in(ana), sign_in(ben)
    as_ana.post("/settings/sessions/end")
    assert other.get("/settings/profile").status_code == 302
    assert as_ana.get("/settings/profile").status_code == bens.get("/settings/profile").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(as_ana: Client, ben: User):
    bens = sign_in(ben)
    row = UserSession.objects.get(session_key=bens.session.session_key)
    as_ana.post("/settings/sessions/end", {"session": row.pk})
    as_ana.post("/settings/sessions/end", {"session": "x' OR 1=1"})
    assert bens.get("/settings/profile").status_code == 200


def test_a_changed_password_ends_the_other_sessions_and_their_sockets(
    as_ana: Client, ana: User, django_capture_on_commit_callbacks
):
    other = sign_in(ana)
    key, told = other.session.session_key, Mock()
    access_ended.connect(told)
    with django_capture_on_commit_callbacks(execute=True):
        response = as_ana.post(
            "/settings/password", {"oldpassword": PASSWORD, "password1": "another long password"}
        )
    access_ended.disconnect(told)
    assert response.status_code == 302
    assert as_ana.get("/settings/profile").status_code == 200
    assert other.get("/settings/profile").status_code == 302
    assert key in [call.kwargs["session_key"] for call in told.call_args_list]


def test_a_password_is_changed_only_by_who_knows_it(as_ana: Client, ana: User):
    response = as_ana.post(
        "/settings/password", {"oldpassword": "wrong", "password1": "another long password"}
    )
    assert b"That is not your current password." in response.content
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_signing_out_closes_the_sockets_of_this_session_only(
    as_ana: Client, ana: User, django_capture_on_commit_callbacks
):
    key, told = as_ana.session.session_key, Mock()
    access_ended.connect(told)
    with django_capture_on_commit_callbacks(execute=True):
        as_ana.post("/logout")
    access_ended.disconnect(told)
    assert [(call.kwargs["user"], call.kwargs["session_key"]) for call in told.call_args_list] == [(ana, key)]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_has_a_name_that_people_know(user_agent: str, name: str):
    assert browser_name(user_agent) == name


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_person_are_kept_by_no_cache(page: str, as_ana: Client):
    assert "no-store" in as_ana.get(page).headers["Cache-Control"]


def test_hostile_names_do_no_harm(as_ana: Client):
    as_ana.post("/settings/profile", PROFILE | {"name": "</title><script>alert(1)</script>"})
    as_ana.post("/settings/tokens", {"name": "<img src=x onerror=alert(1)>"})
    for page in PAGES:
        content = as_ana.get(page).content
        assert b"<script>alert" not in content
        assert b"<img src=x" not in content
