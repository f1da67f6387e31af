from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from workspace.models import Membership, Project, Workspace

FORM = {
    "name": "Ana Duarte",
    "email": "Ana@Example.com",
    "password": "correct horse battery",
    "time_zone": "Europe/Lisbon",
    "workspace": "Northlight",
    "project": "Web relaunch",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def test_five_fields_lead_into_the_first_project(client: Client, db: None):
    page = client.get("/setup")
    assert page.status_code == 200
    response = client.post("/setup", FORM)
    assert response.headers["Location"] == "/p/web-relaunch"
    ana = Membership.objects.select_related("user", "project").get()
    assert (ana.role, ana.user.email, ana.user.handle) == ("owner", "ana@example.com", "ana")
    assert ana.user.time_zone == "Europe/Lisbon"
    assert ana.user.is_superuser
    assert Workspace.current().name == "Northlight"
    assert client.session["_auth_user_id"] == str(ana.user_id)


def test_an_empty_installation_leads_there_and_no_other_does(client: Client, db: None):
    assert client.get("/").headers["Location"] == "/setup"
    client.post("/setup", FORM)
    assert client.get("/").headers["Location"] == "/p/web-relaunch"


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_gone_for_ever_once_there_is_somebody(client: Client, charlie: User, method: str):
    assert getattr(client, method)("/setup", FORM).status_code == 404
    assert not Workspace.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "\u200b"), ("email", "ana"), ("password", "short"), ("password", "passwordpassword"[:11]),
     ("workspace", ""), ("project", "\x00"), ("project", "x" * 81)],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(
    client: Client, db: None, field: str, value: str
):
    page = client.post("/setup", FORM | {field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert f'href="#id_{field}"' in page
    assert "autofocus" in page
    assert 'value="Northlight"' in page or field == "workspace"
    assert "correct horse" not in page
    assert not User.objects.exists()
    assert not Workspace.objects.exists()


def test_a_project_of_punctuation_leaves_nothing_behind(client: Client, db: None):
    page = client.post("/setup", FORM | {"project": "!!!"}).content.decode()
    assert "needs a name" in page
    assert not User.objects.exists()
    assert not Workspace.objects.exists()


def test_a_time_zone_that_is_none_counts_as_utc(client: Client, db: None):
    client.post("/setup", FORM | {"time_zone": "Mars/Base"})
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins():
    def open_it(number: int) -> str:
        try:
            form = FORM | {"email": f"ana{number}@example.com", "project": f"Project {number}"}
            return Client().post("/setup", form).headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(open_it, range(4)))
    assert sum(place.startswith("/p/") for place in places) == 1
    assert (User.objects.count(), Workspace.objects.count(), Project.objects.count()) == (1, 1, 1)


def test_a_foreign_form_cannot_open_the_workspace(db: None):
    assert Client(enforce_csrf_checks=True).post("/setup", FORM).status_code == 403
