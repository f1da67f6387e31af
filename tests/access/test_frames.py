"""Every caller with every frame of the socket, and with every slash command on it."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from tests.access.answers import filled, filled_path
from tests.access.table import ANSWERED, COMMANDS, FRAMES, expected
from tests.access.world import Caller, World, digest
from workspace.asgi import application
from workspace.models import Membership

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
CLOSED = {4401: "login", 4403: "absent"}


class Line(WebsocketCommunicator):
    """A caller's socket to a project."""

    def __init__(self, caller: Caller, project: int) -> None:
        super().__init__(application, f"/ws/project/{project}/", headers=caller.handshake)

    async def open(self) -> "Line":
        assert (await self.connect(timeout=10))[0]
        return self

    async def ask(self, frame: dict[str, Any], answers: set[str]) -> dict[str, Any]:
        """The first frame of a type in `answers`, or `{"type": <why it was closed>}`."""
        await self.send_json_to(frame)
        while True:
            message = await self.receive_output(timeout=10)
            if message["type"] == "websocket.close":
                return {"type": CLOSED[message["code"]]}
            answer = orjson.loads(message["text"])
            if answer["type"] in answers:
                return answer


@pytest.fixture
def world(db: None) -> World:
    return World()


changed = sync_to_async(digest)


async def frame_to(caller: Caller, world: World, kind: str) -> tuple[str, bool]:
    """What comes of a frame from this caller, in the table's words, and whether anything is stored of it."""
    fields, answer, _ = FRAMES[kind]
    await sync_to_async(Membership.objects.update)(read_seq=0)
    before = await changed()
    line = await Line(caller, world.project.pk).open()
    frame = {"type": kind} | filled(fields, world.own)
    frame |= {"nonce": str(uuid4())} if "nonce" in frame else {}
    if answer:
        got = await line.ask(frame, {answer, "error", "refused"})
    else:  # what follows it is answered after it
        await line.send_json_to(frame)
        got = await line.ask({"type": "ping", "id": 7}, {"pong", "error"})
    await line.disconnect(timeout=10)
    return "ok" if got["type"] == (answer or "pong") else got["type"], await changed() != before


async def test_a_frame_gives_each_caller_what_the_table_says(world: World):
    wrong = {}
    for kind, (_, _, is_stored) in FRAMES.items():
        for caller in world.callers.values():
            promised = expected("in it", caller.name, programs=True)
            got = await frame_to(caller, world, kind)
            if got != (promised, promised == "ok" and is_stored):
                wrong[kind, caller.name] = got
    assert wrong == {}


async def test_a_command_on_the_socket_does_for_each_role_what_the_table_says(world: World):
    wrong = {}
    for name in (f"{prefix}{role}" for prefix in ("", "token of ") for role in ("guest", "member", "owner")):
        line = await Line(world.callers[name], world.project.pk).open()
        for command, (text, audience) in COMMANDS.items():
            before = await changed()
            frame = {"type": "say", "nonce": str(uuid4()), "text": filled_path(text, world.own)}
            got = await line.ask(frame, {"ack", "answer", "refused"})
            outcome = "ok" if got["type"] != "refused" else got["code"]
            promised = expected(audience, name, programs=True)
            changes = promised == "ok" and command not in ANSWERED
            if (outcome, await changed() != before) != (promised, changes):
                wrong[name, command] = got
        await line.disconnect(timeout=10)
    assert wrong == {}


REFERRING = [
    ("message", {"text": "hi", "reply_to": "{message}"}),
    ("task", {"text": "hi", "task": "{task}"}),
    ("task", {"text": "/done {task}"}),
    ("handle", {"text": "/task Fix @{handle}"}),
]


async def test_a_foreign_id_in_a_frame_is_refused_as_an_absent_one_is(world: World):
    line = await Line(world.callers["owner"], world.project.pk).open()
    for key, fields in REFERRING:
        before, answers, frame = await changed(), [], {"type": "say", "nonce": str(uuid4())}
        for ids in (world.foreign, world.absent):
            got = await line.ask(frame | filled(fields, ids), {"ack", "answer", "refused"})
            answers.append(str(got).replace(str(ids[key]), "?"))
            assert got["type"] == "refused"
        assert answers[0] == answers[1]
        assert await changed() == before
        got = await line.ask(frame | filled(fields, world.own), {"ack", "refused"})
        assert got["type"] == "ack", "with an id of their own it is done"
    await line.disconnect(timeout=10)


async def test_a_foreign_socket_is_as_absent_as_one_that_leads_nowhere(world: World):
    for caller in world.callers.values():
        ends = []
        for ids in (world.foreign, world.absent):
            line = await Line(caller, ids["project"]).open()
            ends.append(await line.ask({"type": "hello", "after": 0}, {"event", "ready", "error"}))
            assert await line.receive_nothing(timeout=0.01)
        assert ends[0] == ends[1]
        assert ends[0]["type"] in {"login", "absent"}
