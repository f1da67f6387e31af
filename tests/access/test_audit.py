"""Whatever changes a project leaves its events in the log, in the same transaction; there is no other way to change one.

What there is to do is the table of `tests/access/table.py`, which lists every route and every slash command, or fails.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from chat import polls
from chat.models import Message
from chat.undoing import redo, undo
from tasks.models import Task
from tasks.purging import purge_what_is_due
from tasks.trash import KEPT_FOR
from tests.access.answers import Cell, call, filled_path, outcome
from tests.access.table import COMMANDS, MORE, NONCE, ROUTES, Route
from tests.access.world import World
from workspace import actions, changes
from workspace.models import Event, Membership, Project
from workspace.permissions import membership_for

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

# A project's own counters are moved by its events; how far somebody has read is theirs alone, and no part of the project.
UNTOLD = {"workspace_project": {"last_seq", "last_number"}, "workspace_membership": {"read_seq"}}


def belong_to_a_project() -> list[type[models.Model]]:
    """The models whose rows are part of a project: all that lead to one, but for the log itself."""
    from django.apps import apps

    found: set[type[models.Model]] = {Project}
    every = set(apps.get_models(include_auto_created=True)) - {Event}
    while more := {m for m in every - found if found & {f.related_model for f in m._meta.fields}}:
        found |= more
    return sorted(found, key=lambda model: model._meta.db_table)


# A view is its member's alone, and so is a reminder until its moment: the log, which everybody in the project reads, does
# not know of them.
UNTOLD_OF = {"chat_reminder", "chat_savedview"}
TOLD = belong_to_a_project()


def told() -> dict[str, list[Any]]:
    """The rows of all projects, but for what is nobody else's concern."""
    return {
        model._meta.db_table: list(
            model._base_manager.order_by("pk").values_list(
                *(
                    field.attname
                    for field in model._meta.concrete_fields
                    if field.name not in UNTOLD.get(model._meta.db_table, ())
                )
            )
        )
        for model in TOLD
        if model._meta.db_table not in UNTOLD_OF
    }


def doings() -> dict[str, tuple[Route, str]]:
    """All that the table says can be done: routes with their methods."""
    pressed = {
        f"{method} {name}": (route, method)
        for name, route in (ROUTES | MORE).items()
        for method in route.methods
        if method != "GET"
    }
    said = {
        f"/{name}": (Route("/p/{slug}/say", data={"text": line, "nonce": NONCE}), "POST")
        for name, (line, _) in COMMANDS.items()
    }
    return pressed | said


def do(world: World, route: Route, method: str) -> Any:
    """One of the doings, by somebody who may; whoever joins is nobody's member yet."""
    joins = route.at.startswith(("/projects/", "/join/"))
    prefix = "token of " if route.at.startswith("/api/") else ""
    may = "member" if route.methods.get(method) == "its author" else "owner"
    caller = world.callers[prefix + ("outsider" if joins else may)]
    ids = world.own_of(caller)
    data = {name: filled_path(value, ids) if name == "text" else value for name, value in route.data.items()}
    return call(caller, method, Route(route.at, data=data), ids)


@pytest.mark.parametrize(("route", "method"), doings().values(), ids=doings())
def test_what_changes_a_project_is_in_its_log_and_what_is_not_in_the_log_changes_nothing(
    world: World, route: Route, method: str, monkeypatch: pytest.MonkeyPatch
):
    before, last = told(), Event.objects.latest("pk").pk
    heads = dict(Project.objects.values_list("pk", "last_seq"))
    with Cell(""):
        assert outcome(do(world, route, method)) in {"ok", "absent"}
        changed, events = told() != before, list(Event.objects.filter(pk__gt=last).order_by("pk"))
        assert changed == bool(events), [str(event) for event in events]
        for pk in {event.project_id for event in events}:
            numbers = [event.seq for event in events if event.project_id == pk]
            first = heads.get(pk, 0) + 1
            assert numbers == list(range(first, first + len(numbers)))
            assert Project.objects.get(pk=pk).last_seq == numbers[-1]
    if not changed:
        return

    def full(_event: Event) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(changes, "insert", full)
    with Cell(""):
        assert do(world, route, method).status_code == 500
        assert told() == before, "without its event nothing of it happens"


def in_other_ways(world: World) -> None:
    """What the table does not do: it shows one way for each route."""
    owner = membership_for(world.callers["owner"].user, slug="web")
    task = owner.project.tasks.get(number=world.own["task"])
    divided = owner.project.tasks.get(number=world.own["divided"])
    from tasks import actions as doing
    from tasks.checklists import tick_item
    from tasks.steps import Due

    actions.add_member(owner, world.callers["outsider"].user)
    doing.set_due(owner, task, None)
    doing.set_due(owner, task, Due(task.created_at.date()))
    doing.set_due(owner, task, None)
    doing.move_task(owner, task, owner.project.columns.get(kind="backlog"), at="top")
    doing.edit_task(owner, task, priority=3)
    tick_item(owner, divided, 1, is_done=True)
    tick_item(owner, divided, 1, is_done=False)
    poll = owner.project.polls.get()
    polls.vote(owner, poll, 1)
    polls.vote(owner, poll, None)
    polls.open_poll(owner, "Once more?", ["Yes", "No"])
    undo(owner)
    redo(owner)
    Task.everything.filter(number=world.own["trashed"]).update(deleted_at=timezone.now() - KEPT_FOR)
    purge_what_is_due()


def test_every_kind_of_event_is_made_by_one_of_these(world: World):
    last, seen = Event.objects.latest("pk").pk, set[str]()
    ways = [lambda one=one: do(world, *one) for one in doings().values()]
    for way in [*ways, lambda: in_other_ways(world)]:
        with Cell(""):
            way()
            seen |= set(Event.objects.filter(pk__gt=last).values_list("kind", flat=True))
    assert written_in_the_code() - seen == set()


def written_in_the_code() -> set[str]:
    """The kinds of events that the modules name."""
    noun = "task|message|poll|column|label|member|project|invitation"
    paths = [path for app in ("chat", "tasks", "workspace") for path in (ROOT / app).rglob("*.py")]
    read = [path.read_text() for path in paths if not {"migrations", "demo"} & set(path.parts)]
    return set(re.findall(rf'"((?:{noun})\.[a-z_]+)"', "\n".join(read)))


def test_what_belongs_to_a_project_is_found_by_itself():
    names = {model._meta.db_table for model in TOLD}
    assert {"workspace_invitation", "tasks_task_labels", "chat_message_tasks", "tasks_column"} <= names
    assert not {"accounts_user", "workspace_event", "django_session"} & names
    assert connection.introspection.table_names(), "there is a database"
    assert Membership in TOLD
    assert Message in TOLD
