"""An id of another project, in an address, in a field or in a command, is answered as one that nothing has."""

import re

import pytest

from tests.access.answers import Cell, filled, filled_path, outcome, seen
from tests.access.table import COMMANDS, MORE, NONCE, ROUTES
from tests.access.world import digest

pytestmark = pytest.mark.django_db
EVERY = ROUTES | MORE
# Whoever has the code of an invitation may use it, wherever it leads.
CAPABILITIES = {"code"}
# People of one workspace may look each other up, but for those who are guests.
ASKED_BY = {"handle": ("stranger",)}
CURIOUS = ("removed", "administrator", "guest", "owner")


def names_in(text: object) -> set[str]:
    return set(re.findall(r"{(\w+)}", str(text))) - CAPABILITIES


def addressed() -> list[object]:
    return [
        pytest.param(name, method, key, id=f"{method} {name} {key}")
        for name, route in EVERY.items()
        for method in route.methods
        for key in sorted(names_in(route.at))
    ]


@pytest.fixture(scope="module")
def before(world):
    return digest()


@pytest.mark.parametrize(("name", "method", "key"), addressed())
def test_a_foreign_address_is_as_absent_as_one_that_leads_nowhere(world, before, name, method, key):
    route, wrong = EVERY[name], {}
    prefix = "token of " if route.at.startswith("/api/") else ""
    for caller in (world.callers[prefix + each] for each in ASKED_BY.get(key, CURIOUS)):
        own = world.own_of(caller)
        answers = []
        for ids in (world.foreign, world.absent):
            with Cell(before) as cell:
                answer = caller.call(
                    method, filled_path(route.at, own | {key: ids[key]}), filled(route.data, own)
                )
            assert not cell.changed
            answers.append(answer)
        foreign, absent = seen(answers[0], world.foreign[key]), seen(answers[1], world.absent[key])
        is_let_in = outcome(answers[0]) == "ok" and route.methods[method] != "everybody"
        if foreign != absent or is_let_in:
            wrong[caller.name] = foreign, absent
    assert wrong == {}


def fields() -> list[object]:
    return [
        pytest.param(name, field, id=f"{name} {field}")
        for name, route in EVERY.items()
        for field, value in route.data.items()
        if names_in(value)
    ]


@pytest.mark.parametrize(("name", "field"), fields())
def test_a_foreign_id_in_a_field_is_refused_as_an_absent_one_is(world, before, name, field):
    route = EVERY[name]
    caller = world.callers["token of owner" if route.at.startswith("/api/") else "owner"]
    own = world.own_of(caller)
    (key,) = names_in(route.data[field])

    def post(ids):
        with Cell(before) as cell:
            data = filled(route.data, own) | {field: filled(route.data[field], ids)}
            return caller.call("POST", filled_path(route.at, own), data), cell

    allowed, cell = post(own)
    assert outcome(allowed) == "ok", "the caller may do it with an id of their own"
    answers = []
    for ids in (world.foreign, world.absent):
        answer, cell = post(ids)
        assert not cell.changed
        assert outcome(answer) != "ok" or field == "session", "a session that is over is no mistake"
        answers.append(seen(answer, ids[key]))
    assert answers[0] == answers[1]


def referring() -> list[object]:
    return [
        pytest.param(name, key, id=f"/{name} {key}")
        for name, (line, _) in COMMANDS.items()
        for key in sorted(names_in(line) & {"task", "handle"})
    ]


@pytest.mark.parametrize("where", ["page", "api"])
@pytest.mark.parametrize(("name", "key"), referring())
def test_a_foreign_name_in_a_command_is_unknown(world, before, name, key, where):
    line, _ = COMMANDS[name]
    answers = []
    for ids in (world.foreign, world.absent):
        text = filled_path(line, world.own | {key: ids[key]})
        words = {"text": text, "nonce": NONCE}
        with Cell(before) as cell:
            if where == "api":
                at = f"/api/v1/projects/{world.project.pk}/say"
                answer = world.callers["token of owner"].call("POST", at, words)
            else:
                at, wanted = "/p/web/say", {"Accept": "application/json"}
                answer = world.callers["owner"].call("POST", at, words, headers=wanted)
        assert answer.status_code == 422
        assert answer.json()["code"] == {"task": "unknown_task", "handle": "unknown_user"}[key]
        assert not cell.changed
        answers.append(answer.content.replace(str(ids[key]).encode(), b"?"))
    assert answers[0] == answers[1]
