"""What every answer says to the browser that gets it, whoever asks and by whichever method."""

import pytest
from django.test import Client

from tests.access.answers import Cell, call, filled_path, outcome
from tests.access.table import MORE, ROUTES
from tests.access.world import PASSWORD, World, digest

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ASKING = ("anonymous", "owner", "token of owner")
PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
EVERY = ROUTES | MORE


def lacking(answer) -> list[str]:
    """What the answer does not say, or says in other words."""
    wrong = [name for name, value in PROMISED.items() if answer.headers.get(name) != value]
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in answer.headers.get("Content-Security-Policy", "").split(";")
    )
    closed = {
        "default-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    wrong += [name for name, value in closed.items() if policy.get(name) != value]
    wrong += [word for word in ("unsafe-inline", "unsafe-eval", "*") if word in str(policy)]
    if not {"private", "no-store"} <= {
        word.strip() for word in answer.headers.get("Cache-Control", "").split(",")
    }:
        wrong.append("Cache-Control")
    kept = [cookie for cookie in answer.cookies.values() if cookie["max-age"] != 0]
    if not all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in kept):
        wrong.append("cookies")
    return wrong


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_is_private_framed_by_nobody_and_runs_no_foreign_script(world: World, name: str):
    route, wrong = EVERY[name], {}
    for caller in (world.callers[each] for each in ASKING):
        for method in METHODS:
            with Cell(""):
                answer = call(caller, method, route, world.own_of(caller))
            if missing := lacking(answer):
                wrong[caller.name, method] = missing
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/nowhere", {}, 404),
        ("/api/nowhere", {}, 404),
        ("/people/%00", {}, 400),
        ("/login", {"data": "x", "content_type": "text/plain; charset=rot13"}, 400),
        ("/login", {"headers": {"Host": "evil.example"}}, 400),
        ("/projects/", {}, 404),
        ("/login", {"headers": {"Origin": "https://evil.example"}, "content_type": "text/plain"}, 403),
    ],
)
def test_so_is_what_is_refused_on_the_way_in(path, more, status):
    client = Client(enforce_csrf_checks=True)
    answer = client.generic("POST" if status == 403 else "GET", path, **more)
    assert answer.status_code == status
    assert lacking(answer) == []


def test_so_is_a_fault(world, monkeypatch):
    monkeypatch.setattr("workspace.views.projects.joinable_projects", lambda _user: 1 / 0)
    answer = world.callers["owner"].call("GET", "/projects", {})
    assert answer.status_code == 500
    assert lacking(answer) == []


def unsafe() -> list[object]:
    return [
        pytest.param(name, method, id=f"{method} {name}")
        for name, route in EVERY.items()
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if method in route.methods or method == "POST"
    ]


@pytest.mark.parametrize(("name", "method"), unsafe())
def test_a_browser_changes_nothing_without_the_token_of_its_page(world: World, name: str, method: str):
    route = EVERY[name]
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.callers["owner"].user)
    before = digest()
    kind = {"content_type": "application/json"} if route.at.startswith("/api/") else {}
    path = filled_path(route.at, world.own_of(world.callers["owner"]))
    for headers in ({}, {"X-CSRFToken": "x" * 32}, {"Origin": "https://evil.example"}):
        with Cell(before) as cell:
            answer = browser.generic(method, path, "{}", headers=headers, **kind)
        assert answer.status_code in {403, 404, 405}, headers
        assert not cell.changed


def test_with_the_token_of_its_page_it_does(world: World):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.callers["owner"].user)
    page = browser.get("/p/web/settings/labels").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    fields = {"title": "New", "column": world.own["column"]}
    for headers, wanted in (({}, "ok"), ({"Origin": "http://testserver"}, "ok"), ({"Origin": "null"}, "forbidden"),
                            ({"Origin": "http://testserver:81"}, "forbidden")):  # fmt: skip
        with Cell("") as cell:
            answer = browser.post("/p/web/t/add", fields | {"csrfmiddlewaretoken": token}, headers=headers)
        assert (outcome(answer), cell.changed) == (wanted, True), headers
    with Cell(""):
        words = {"text": "hello", "nonce": "0b8bd9a6-2b4e-4e0f-9f6f-6a1c5d1f0a02"}
        at = f"/api/v1/projects/{world.project.pk}/say"
        said = browser.post(at, words, content_type="application/json", headers={"X-CSRFToken": token})
    assert said.status_code == 201


def test_signing_in_sets_cookies_for_this_host_and_for_requests_alone(world: World):
    browser = Client()
    with Cell(""):
        browser.post("/login", {"login": "owner@example.com", "password": PASSWORD})
    names = {"loggia_session", "csrftoken"}
    assert names <= set(browser.cookies)
    for name in names:
        cookie = browser.cookies[name]
        assert cookie["httponly"], name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
