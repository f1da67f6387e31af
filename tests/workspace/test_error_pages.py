from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError
from django.template.loader import get_template
from django.test import Client
from django.views.defaults import server_error

from workspace.errors import AWAY

LOAD = "django.contrib.sessions.backends.db.SessionStore.load"


def test_nothing_lives_there(client: Client, db: None):
    response = client.get("/nowhere/at/all")
    assert response.status_code == 404
    assert b"Nothing lives at this address" in response.content


def test_a_server_error_asks_the_database_nothing(rf, django_assert_num_queries, db: None):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_each_error_page_stands_without_a_request(name: str):
    page = get_template(f"{name}.html").render({})
    assert "<h1" in page
    assert "!" not in page.split("<main")[1].split("</main>")[0]


def test_an_old_form_says_so(db: None):
    response = Client(enforce_csrf_checks=True).post("/login", {})
    assert response.status_code == 403
    assert b"This form has been open for too long" in response.content


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_said_to_people_and_to_programs(client: Client, db: None, error):
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    with (
        patch(LOAD, side_effect=error),
        patch("workspace.api_kit.Caller.__call__", side_effect=error),
    ):
        page, script = client.get("/"), client.get("/", headers={"Accept": "application/json"})
        program = client.get("/api/v1/projects", headers={"Authorization": "Bearer lg_x"})
    assert [each.status_code for each in (page, script, program)] == [503] * 3
    assert b"The database does not answer just now" in page.content
    assert script.json() == program.json() == {"code": "unavailable", "message": AWAY}
    assert {each["Retry-After"] for each in (page, script, program)} == {"2"}


def test_any_other_error_is_a_fault_of_ours(client: Client, db: None):
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    with patch(LOAD, side_effect=IntegrityError):
        page, script = client.get("/"), client.get("/", headers={"Accept": "application/json"})
    assert [page.status_code, script.status_code] == [500, 500]
    assert b"Something broke on our side" in page.content
    assert script.json()["code"] == "internal"
