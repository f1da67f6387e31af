import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory, override_settings

from accounts.models import User

NEW = "another long password"


def link_for(email: str) -> str:
    """The path of the reset link that is mailed to `email`."""
    mail.outbox.clear()
    Client().post("/login/reset", {"email": email})
    return re.search(r"https?://[^/]+(\S+)", mail.outbox[0].body)[1]


def form_of(link: str) -> tuple[Client, str]:
    """A browser that has opened the link, and the address of its form."""
    browser = Client()
    return browser, browser.get(link).headers["Location"]


def test_a_link_changes_the_password_once(ana: User):
    link = link_for(ana.email)
    browser, form = form_of(link)
    assert browser.post(form, {"password1": NEW}).headers["Location"] == "/login/reset/done"
    ana.refresh_from_db()
    assert ana.check_password(NEW)
    assert b"does not work any more" in Client().get(link).content


def test_a_link_dies_with_the_address_and_with_the_password(ana: User):
    link = link_for(ana.email)
    ana.set_password(NEW)
    ana.save()
    assert b"does not work any more" in Client().get(link).content


@override_settings(PASSWORD_RESET_TIMEOUT=-1)
def test_a_link_expires(ana: User):
    assert b"does not work any more" in Client().get(link_for(ana.email)).content


def test_a_reset_ends_all_sessions(ana: User, as_ana: Client):
    browser, form = form_of(link_for(ana.email))
    browser.post(form, {"password1": NEW})
    assert not UserSession.objects.filter(user=ana).exists()
    assert as_ana.get("/settings/profile").status_code == 302


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_one_link_at_once_one_works(ana: User):
    link = link_for(ana.email)
    forms = [form_of(link) for _ in range(6)]

    def use(number: int) -> str:
        browser, form = forms[number]
        try:
            response = browser.post(form, {"password1": f"another long password {number}"})
            return response.headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(use, range(6))).count("/login/reset/done") == 1


def test_an_unknown_address_gets_the_same_answer_and_a_mail_too(ana: User, client: Client):
    known, unknown = (
        client.post("/login/reset", {"email": f"{name}@example.com"}) for name in ("ana", "nobody")
    )
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.to for message in mail.outbox] == [["ana@example.com"], ["nobody@example.com"]]


def test_a_mail_server_that_fails_shows_nothing(ana: User, client: Client, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    assert client.post("/login/reset", {"email": ana.email}).status_code == 302


def test_the_link_carries_the_configured_address(ana: User, client: Client, settings):
    settings.PUBLIC_URL = "https://team.example"
    client.post("/login/reset", {"email": ana.email}, headers={"Host": "localhost"})
    assert "https://team.example/login/reset/" in mail.outbox[0].body


def test_no_mail_carries_an_address_that_a_request_claims(ana: User, client: Client, settings):
    """The same for somebody who has no account, and for one who is told that they have one already."""
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://team.example", ["team.example", "other.example"]
    for email in (ana.email, "nobody@example.com"):
        client.post("/login/reset", {"email": email}, headers={"Host": "other.example"})
    request = RequestFactory().get("/", headers={"Host": "other.example"})
    with context.request_context(request):
        get_adapter(request).send_account_already_exists_mail(ana.email)
    assert len(mail.outbox) == 3
    assert "https://team.example/login/reset/" in mail.outbox[0].body
    assert "https://team.example/login/reset" in mail.outbox[2].body
    assert not [message for message in mail.outbox if "other.example" in message.body]


def test_a_short_password_is_refused_and_nothing_changes(ana: User):
    browser, form = form_of(link_for(ana.email))
    response = browser.post(form, {"password1": "short"})
    assert b'aria-describedby="id_password1_helptext id_password1_error"' in response.content
    ana.refresh_from_db()
    assert ana.check_password("correct horse battery")


def test_without_a_mail_server_the_page_says_who_has_the_link(client: Client, db: None):
    assert b"Email is not set up on this server." in client.get("/login/reset").content
