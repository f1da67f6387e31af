"""Every caller at every route and with every slash command: what the table promises happens, and nothing else does."""

import json

import pytest

from tests.access import discovery
from tests.access.answers import Cell, call, filled_path, outcome
from tests.access.table import (
    ANSWERED,
    CALLERS,
    COMMANDS,
    FRAMES,
    MORE,
    NONCE,
    ROUTES,
    Route,
    expected,
)
from tests.access.world import Caller, World, digest
from tests.content.once import ONCE

# `world` has made its rows before a test begins its transaction. Who may do what is no question to the database.
pytestmark = [ONCE, pytest.mark.django_db]
UNASKED = ("POST", "PUT", "PATCH", "DELETE")


@pytest.mark.parametrize(
    ("what", "there", "listed"),
    [
        ("ROUTES", discovery.routes(), set(ROUTES)),
        ("FRAMES", discovery.frames(), set(FRAMES)),
        ("COMMANDS", discovery.commands(), set(COMMANDS)),
    ],
)
def test_everything_that_can_be_called_is_in_the_table(what: str, there: set[str], listed: set[str]):
    missing, gone = sorted(there - listed), sorted(listed - there)
    assert not missing, (
        f"Say in {what} of tests/access/table.py who may use {missing}, each on a line with an example; "
        "the tests then try it as every caller."
    )
    assert not gone, f"{gone} can no longer be called. Take them out of {what} in tests/access/table.py."


def test_every_method_that_the_api_declares_is_in_the_table():
    listed = {(route, method) for route, row in ROUTES.items() for method in row.methods}
    missing = sorted(discovery.api_methods() - listed)
    assert not missing, f"Say in ROUTES of tests/access/table.py who may use {missing}."


def test_the_table_has_as_many_cells_as_are_promised():
    methods = sum(len(row.methods) for row in (*ROUTES.values(), *MORE.values()))
    assert (methods + len(COMMANDS) + len(FRAMES)) * len(CALLERS) >= 1_200


@pytest.fixture(scope="module")
def before(world: World) -> dict[bool, str]:
    """The fingerprint of the untouched world, without sessions and with them."""
    return {sessions: digest(sessions=sessions) for sessions in (False, True)}


def cells() -> list[object]:
    rows = [(name, method) for name, row in (ROUTES | MORE).items() for method in row.methods]
    return [pytest.param(name, method, id=f"{method} {name}") for name, method in rows]


@pytest.mark.parametrize(("name", "method"), cells())
def test_a_route_gives_each_caller_what_the_table_says(world, before, name: str, method: str):
    route = (ROUTES | MORE)[name]
    writes = route.writes and method != "GET"
    wrong = {}
    for caller in world.callers.values():
        promised = expected(route.methods[method], caller.name, programs=route.at.startswith("/api/"))
        sessions = writes and promised == "ok"
        with Cell(before[sessions], sessions=sessions) as cell:
            answer = call(caller, method, route, world.own_of(caller))
        got = (outcome(answer), "changed" if cell.changed else "unchanged")
        if got != (promised, "changed" if sessions else "unchanged"):
            wrong[caller.name] = f"{got} and not {promised}: {answer.status_code} {answer.content[:200]!r}"
    assert wrong == {}


@pytest.mark.parametrize("name", ROUTES)
def test_a_method_that_no_audience_is_named_for_does_nothing(world, before, name: str):
    route, wrong = ROUTES[name], {}
    for caller in (world.callers[each] for each in ("anonymous", "owner", "token of owner")):
        for method in set(UNASKED) - set(route.methods):
            with Cell(before[False]) as cell:
                answer = call(caller, method, Route(route.at), world.own_of(caller))
            is_shown = answer.status_code < 300 and "everybody" not in route.methods.values()
            if cell.changed or (is_shown and method != "PUT"):  # Django's forms take a PUT for a POST
                wrong[caller.name, method] = answer.status_code
    assert wrong == {}


def say(caller: Caller, world: World, text: str) -> dict[str, object]:
    """What answers when the caller says something: to a form by the page, to a token by the API."""
    words = {"text": text, "nonce": NONCE}
    if caller.secret:
        answer = caller.call("POST", f"/api/v1/projects/{world.project.pk}/say", words)
    else:
        answer = caller.call("POST", "/p/web/say", words, headers={"Accept": "application/json"})
    if outcome(answer) in {"login", "absent"}:
        return {"outcome": outcome(answer)}
    body = json.loads(answer.content)
    return body | {"outcome": "ok" if answer.status_code < 400 else body["code"]}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_does_for_each_caller_what_the_table_says(world, before, name: str):
    line, audience = COMMANDS[name]
    wrong = {}
    for caller in world.callers.values():
        promised = expected(audience, caller.name, programs=True)
        with Cell(before[False]) as cell:
            said = say(caller, world, filled_path(line, world.own))
        changes = promised == "ok" and name not in ANSWERED
        if (said["outcome"], cell.changed) != (promised, changes):
            wrong[caller.name] = f"{said}, changed: {cell.changed}"
    assert wrong == {}
