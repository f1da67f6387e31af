"""What holds for every address of the API: who may call, and how it refuses."""

import json
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import ApiToken
from workspace import actions
from workspace.api_kit import MOST_ROWS
from workspace.pace import COMMANDS, SEARCHES, SENDING


@pytest.fixture
def token():
    return lambda user: ApiToken.issue(user, "test")[1]


@pytest.fixture
def api(token):
    """Calls the API as somebody: `api(alice.user).get("/me")`."""

    class Caller:
        def __init__(self, user):
            self.client = Client(
                headers={"Authorization": f"Bearer {token(user)}"}, raise_request_exception=False
            )

        def get(self, path):
            return self.client.get(f"/api/v1{path}")

        def post(self, path, body, kind="application/json"):
            return self.client.post(f"/api/v1{path}", body, content_type=kind)

    return Caller


PROJECT_PATHS = ["", "/members", "/tasks", "/tasks/1", "/board", "/events", "/messages", "/messages/1"]
OTHER_PATHS = ["/projects", "/me", "/tokens", "/search?q=a", "/commands"]


def problem(response, status, code):
    """Whether it is a refusal as all are: its status, its code, a sentence, and nothing else."""
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert set(body) == {"code", "message"}
    assert body["message"].endswith((".", "_…"))
    return True


@pytest.mark.parametrize("path", PROJECT_PATHS)
def test_a_foreign_project_looks_like_none(api, project, bob, charlie, task, say, path):
    say(bob, "hello")
    assert (
        api(bob.user).get(f"/projects/{project.pk}{path.replace('messages/1', 'messages')}").status_code
        == 200
    )
    foreign = api(charlie).get(f"/projects/{project.pk}{path}")
    missing = api(charlie).get(f"/projects/987654321{path}")
    huge = api(bob.user).get(f"/projects/{10**30}{path}")
    assert problem(foreign, 404, "not_found")
    assert foreign.content == missing.content == huge.content
    assert dict(foreign.headers) == dict(missing.headers)


def test_a_foreign_project_cannot_be_talked_to(api, project, bob, charlie, kinds):
    body = {"text": "hi", "nonce": "6f2d1c1e-0000-4000-8000-000000000001"}
    before = kinds(project)
    assert problem(api(charlie).post(f"/projects/{project.pk}/say", body), 404, "not_found")
    assert kinds(project) == before
    assert api(bob.user).post(f"/projects/{project.pk}/say", body).status_code == 201


@pytest.mark.parametrize("path", [*OTHER_PATHS, "/projects/1", "/projects/1/events", "/projects/1/board"])
@pytest.mark.parametrize(
    "header", [None, "Bearer lg_nonsense", "Bearer", "Basic YTpi", "Bearer \u00e9", "lg_x"]
)
def test_strangers_are_asked_who_they_are(db, client, path, header):
    response = client.get(f"/api/v1{path}", headers={"Authorization": header} if header else {})
    assert problem(response, 401, "unauthorized")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", OTHER_PATHS)
def test_a_token_lets_its_owner_in_until_it_is_revoked(client, bob, path):
    row, secret = ApiToken.issue(bob.user, "bot")
    headers = {"Authorization": f"bearer {secret}"}
    assert client.get(f"/api/v1{path}", headers=headers).status_code == 200
    row.refresh_from_db()
    assert row.last_used_at
    row.revoked_at = row.last_used_at
    row.save()
    assert problem(client.get(f"/api/v1{path}", headers=headers), 401, "unauthorized")


def test_a_person_who_was_deactivated_is_a_stranger(api, client, bob):
    caller = api(bob.user)
    client.force_login(bob.user)
    assert caller.get("/me").status_code == client.get("/api/v1/me").status_code == 200
    bob.user.is_active = False
    bob.user.save()
    assert problem(caller.get("/me"), 401, "unauthorized")
    assert problem(client.get("/api/v1/me"), 401, "unauthorized")


def test_a_bad_token_is_not_saved_by_a_good_cookie(client, bob):
    client.force_login(bob.user)
    assert problem(client.get("/api/v1/me", headers={"Authorization": "Bearer lg_x"}), 401, "unauthorized")


def test_a_browser_needs_its_csrf_token_to_change_something(bob, project):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob.user)
    body = {"text": "hi", "nonce": "6f2d1c1e-0000-4000-8000-000000000001"}
    address = f"/api/v1/projects/{project.pk}/say"
    assert browser.get("/api/v1/me").json()["handle"] == "bob"
    assert problem(browser.post(address, body, content_type="application/json"), 403, "forbidden")
    browser.cookies["csrftoken"] = "x" * 32
    headers = {"X-CSRFToken": "x" * 32}
    assert browser.post(address, body, content_type="application/json", headers=headers).status_code == 201


def test_answers_are_for_nobody_else_to_keep(api, bob):
    assert api(bob.user).get("/me")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"{not json", 400, "bad_request"),
        (b"\xff\xfe", 400, "bad_request"),
        (b"[" * 60_000, 400, "bad_request"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'{"text": "a"}', 422, "invalid"),
        (b'{"text": 7, "nonce": "6f2d1c1e-0000-4000-8000-000000000001"}', 422, "invalid"),
        (b'{"text": "a", "nonce": "x"}', 422, "invalid"),
        (b'{"text": "a", "nonce": 7}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "more": 1}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "task": "1"}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "task": true}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "reply_to": -1}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "reply_to": 1e400}', 422, "invalid"),
        (b'{"text": "a", "nonce": "6f2d1c1e-0000-4000-8000-000000000001", "task": 9223372036854775808}', 422, "invalid"),
        (b'{"text": "' + b"a" * 70_000 + b'"}', 413, "too_large"),
        (b'{"text": "' + b"a" * 2_000_000 + b'"}', 413, "too_large"),
    ],
)  # fmt: skip
def test_a_bad_body_is_refused_and_stores_nothing(api, bob, project, kinds, body, status, code):
    before = kinds(project)
    assert problem(api(bob.user).post(f"/projects/{project.pk}/say", body), status, code)
    assert kinds(project) == before


def test_half_a_surrogate_pair_is_left_out(api, bob, project):
    body = b'{"text": "a\\ud800b", "nonce": "6f2d1c1e-0000-4000-8000-000000000001"}'
    said = api(bob.user).post(f"/projects/{project.pk}/say", body)
    assert said.status_code == 201
    assert said.json()["events"][0]["data"]["message"]["text"] == "ab"


def test_a_mistake_names_its_field(api, bob, project):
    response = api(bob.user).post(f"/projects/{project.pk}/say", {"text": "a", "nonce": "x"})
    assert response.json()["message"].startswith("nonce: ")


@pytest.mark.parametrize(
    "path", ["/", "/nonsense", "/projects/abc", "/projects/-1", "/projects/1/nonsense", "/projects/"]
)
def test_an_unknown_address_is_not_found_in_json(api, bob, path):
    assert problem(api(bob.user).get(path), 404, "not_found")
    assert problem(Client().get(f"/api{path}"), 404, "not_found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options"])
def test_a_wrong_method_is_refused(db, client, method):
    response = getattr(client, method)("/api/v1/me")
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert method == "head" or problem(response, 405, "method_not_allowed")


def test_limits_are_kept_within_bounds(api, bob, project, say):
    for number in range(3):
        say(bob, f"line {number}")
    caller = api(bob.user)

    def count(limit):
        return len(caller.get(f"/projects/{project.pk}/events?limit={limit}").json()["events"])

    assert (count(-5), count(0), count(1), count(2)) == (1, 1, 1, 2)
    assert count(10**30) == count(MOST_ROWS) == project.events.count()


@pytest.mark.parametrize("query", ["after=x", "limit=x", "after=-1", "after=1.5", "after=%FF", "limit="])
def test_a_bad_query_is_refused(api, bob, project, query):
    assert problem(api(bob.user).get(f"/projects/{project.pk}/events?{query}"), 422, "invalid")


@pytest.mark.parametrize("query", ["after=99999999999999999999", "after=9223372036854775807"])
def test_a_place_beyond_the_log_is_its_end(api, bob, project, query):
    body = api(bob.user).get(f"/projects/{project.pk}/events?{query}").json()
    project.refresh_from_db()
    assert body == {"events": [], "seq": project.last_seq}


def test_who_calls_too_fast_has_to_wait_and_nobody_else(no_time_passes, api, bob, gina):
    SENDING.take(bob.user_id, SENDING.burst)
    response = api(bob.user).get("/projects")
    assert problem(response, 429, "rate_limited")
    assert response["Retry-After"] == "1"
    assert response.json()["message"] == "That was fast; try again in 1 s."
    assert api(gina.user).get("/projects").status_code == 200


def test_who_gives_too_many_commands_has_to_wait_and_may_talk_meanwhile(no_time_passes, api, bob, project):
    COMMANDS.take(bob.user_id, COMMANDS.burst)

    def say(text):
        return api(bob.user).post(f"/projects/{project.pk}/say", {"text": text, "nonce": str(uuid4())})

    response = say("/task One\n/task Two\n/task Three\n/task Four")
    assert problem(response, 429, "rate_limited")
    assert response["Retry-After"] == "2"
    assert response.json()["message"] == "Too many commands; try again in 2 s."
    assert say("How are you?").status_code == 201
    COMMANDS.give(bob.user_id, 4)
    assert say("/task One\n/task Two\n/task Three\n/task Four").status_code == 201


def test_a_repeated_say_costs_no_command(no_time_passes, api, bob, project):
    body = {"text": "/task One", "nonce": str(uuid4())}
    assert api(bob.user).post(f"/projects/{project.pk}/say", body).status_code == 201
    COMMANDS.take(bob.user_id, COMMANDS.burst - 2)
    for _ in range(5):
        assert api(bob.user).post(f"/projects/{project.pk}/say", body).status_code == 200


def test_who_searches_too_much_has_to_wait(no_time_passes, api, bob):
    SEARCHES.take(bob.user_id, SEARCHES.burst)
    assert problem(api(bob.user).get("/search?q=paint"), 429, "rate_limited")
    assert api(bob.user).get("/projects").status_code == 200


def test_a_fault_is_ours_and_says_nothing_of_it(api, bob, caplog):
    with patch("chat.api.registry.as_data", side_effect=RuntimeError("secret")):
        assert problem(api(bob.user).get("/commands"), 500, "internal")
    assert "secret" in caplog.text


def test_describes_itself(client, db):
    description = client.get("/api/v1/openapi.json").json()
    paths = set(description["paths"])
    for path in PROJECT_PATHS[:3] + PROJECT_PATHS[4:7] + ["/say"]:
        assert f"/api/v1/projects/{{project_id}}{path}" in paths
    assert description["components"]["securitySchemes"]["Caller"]["scheme"] == "bearer"
    assert json.dumps(description)


def test_lists_the_projects_of_the_caller_alone(api, alice, bob, charlie):
    actions.create_project(charlie, "Other", key="OTH", slug="other")
    assert [project["key"] for project in api(bob.user).get("/projects").json()] == ["WEB"]
    assert [project["key"] for project in api(charlie).get("/projects").json()] == ["OTH"]


def test_lists_the_members(api, project, alice, bob, gina):
    rows = api(gina.user).get(f"/projects/{project.pk}/members").json()
    assert [(row["handle"], row["role"]) for row in rows] == [
        ("alice", "owner"),
        ("bob", "member"),
        ("gina", "guest"),
    ]


def test_knows_the_caller(api, bob):
    assert api(bob.user).get("/me").json() == {
        "id": bob.user_id,
        "handle": "bob",
        "name": "Bob",
        "time_zone": "UTC",
    }


def test_revokes_ones_own_tokens_alone(api, bob, gina):
    mine, secret = ApiToken.issue(bob.user, "old")
    other, _ = ApiToken.issue(gina.user, "hers")
    caller = api(bob.user)
    assert secret not in caller.get("/tokens").content.decode()
    assert mine.pk in [row["id"] for row in caller.get("/tokens").json()]
    assert caller.client.delete(f"/api/v1/tokens/{mine.pk}").status_code == 204
    assert mine.pk not in [row["id"] for row in caller.get("/tokens").json()]
    for gone in (mine.pk, other.pk, 10**30):
        assert problem(caller.client.delete(f"/api/v1/tokens/{gone}"), 404, "not_found")
    other.refresh_from_db()
    assert other.revoked_at is None
