"""Requests that nobody writes by hand."""

import pytest
from django.conf import settings
from django.test import Client

from workspace.models import Membership

FORM = "multipart/form-data; boundary=x; charset=%s"
OTHER_FORM = "application/x-www-form-urlencoded; charset=%s"


def a_browser_of(member: Membership) -> Client:
    """It has a CSRF cookie, so that the server looks for the token in the body."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member.user)
    browser.cookies["csrftoken"] = "x" * 32
    return browser


@pytest.mark.parametrize("address", ["/login", "/p/web/say", "/api/v1/projects/1/say"])
@pytest.mark.parametrize(
    "kind",
    [FORM % "base64", FORM % "rot13", FORM % "undefined", OTHER_FORM % "base64", OTHER_FORM % "latin-1"],
)
def test_a_charset_that_is_none_is_refused(alice, kind: str, address: str):
    browser = a_browser_of(alice)
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhi\r\n--x--\r\n'
    answer = browser.generic("POST", address, body, content_type=kind)
    assert answer.status_code == 400
    assert (answer.headers["Content-Type"] == "application/json") is address.startswith("/api/")


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=" + "y" * 300])
def test_a_form_that_falls_apart_is_refused_in_json_by_the_api(alice, kind: str):
    browser = a_browser_of(alice)
    address = f"/api/v1/projects/{alice.project_id}/say"
    answer = browser.generic("POST", address, b"x", content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_form_of_too_many_fields_is_refused_in_json_by_the_api(alice):
    browser = a_browser_of(alice)
    fields = {f"field{number}": "1" for number in range(300)}
    answer = browser.post(f"/api/v1/projects/{alice.project_id}/say", fields)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.services
@pytest.mark.parametrize("address", ["/people/%00", "/people/a%00b", "/p/web/on/%00", "/join/%00", "/%00"])
def test_a_nul_in_an_address_is_refused(client: Client, alice, address: str):
    client.force_login(alice.user)
    assert client.get(address).status_code == 400


@pytest.mark.services
def test_a_nul_in_a_cookie_is_refused(client: Client, alice):
    cookie = f'{settings.SESSION_COOKIE_NAME}="aaaaaaaaaaaaaaaa\\000"'
    assert client.get("/login", headers={"cookie": cookie}).status_code == 400
