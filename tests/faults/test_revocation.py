"""Access that ends, under traffic: what is heard afterwards, by whom, for how long, and who is let in again."""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import orjson
import pytest
from websockets.exceptions import ConnectionClosed

from tests.browser.seeder import Seeder
from tests.faults.browsing import Browser
from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.proxy import Proxy
from tests.faults.talkers import until
from tests.faults.victims import CAUSES, Cause, Victim, socket_of
from tests.server import Server

PROMPT = 2.0  # seconds after the commit within which the last byte has come
ROUNDS = extent(1, 50)
RACES = extent(10, 200)


class Scene:
    """A server, a project with twenty messages a second, its owner's browser, and the wire to the channel layer."""

    def __init__(self, server: Server, seed: Seeder, wire: Proxy | None) -> None:
        self.server, self.seed, self.wire = server, seed, wire
        self.crowd = Crowd(server, seed, size=2)
        self.owner = Browser(server.port)
        name, _, value = self.crowd.people[0].cookie.partition("=")
        self.owner.cookies[name] = value
        self.victims = 0

    def victim(self, cause: Cause) -> Victim:
        self.victims += 1
        handle = f"victim{self.crowd.project}x{self.victims}"
        return Victim(self.crowd, self.seed, handle, has_password=cause.needs_password)


@pytest.fixture(scope="module", params=["sqlite", "services"])
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """One process on SQLite; two on PostgreSQL and Valkey, which lies behind a wire that can be cut."""
    with ExitStack() as stack:
        env: dict[str, Any] = {}
        wire = None
        if request.param == "services":
            shared = request.getfixturevalue("shared")
            wire = stack.enter_context(Proxy(shared["REDIS_URL"].removeprefix("unix://")))
            env = {**shared, "workers": 2, "REDIS_URL": f"redis://127.0.0.1:{wire.port}"}
        server = stack.enter_context(Server(**env))
        seeder = Seeder(server)
        stack.callback(seeder.end)
        yield Scene(server, seeder, wire)


async def ended(scene: Scene) -> list[tuple[Victim, Cause, float]]:
    """Everybody's access ends for a cause of their own while they use it. When the commit of each had returned."""
    fates = [(await asyncio.to_thread(scene.victim, cause), cause) for cause in CAUSES]
    endings = []
    async with asyncio.TaskGroup() as group:
        lives = [group.create_task(victim.live()) for victim, _ in fates]
        channels = [each for victim, _ in fates for each in victim.channels.values()]
        assert await until(lambda: all(each.is_open and each.last for each in channels), 30), [
            vars(each) for each in channels if not each.last
        ]
        for victim, cause in fates:
            await asyncio.to_thread(cause.happen, victim, scene.owner)
            endings.append((victim, cause, time.monotonic()))
        await until(lambda: _is_over(endings), 15)
        for life in lives:
            life.cancel()
    return endings


def _is_over(endings: list[tuple[Victim, Cause, float]]) -> bool:
    """Whether what had to end has ended, and what goes on has been heard of long after."""
    return time.monotonic() - endings[-1][2] > PROMPT and all(
        (channel.code or 0) > 300 if name in cause.ends else channel.last > at + PROMPT
        for victim, cause, at in endings
        for name, channel in victim.channels.items()
    )


async def hold(scene: Scene) -> float:
    """One round of all causes, held against the promise. The longest that anything was heard after a commit."""
    endings: list[tuple[Victim, Cause, float]] = []

    async def happen() -> None:
        endings.extend(await ended(scene))
        for victim, cause, _ in endings:
            for name, channel in victim.channels.items():
                if channel.kind == "socket":
                    assert await victim.comes_back(channel) == cause.ends.get(name), (cause.name, name)

    await scene.crowd.during(happen)
    scene.crowd.prove()
    longest = 0.0
    for victim, cause, at in endings:
        for name, channel in victim.channels.items():
            after = max(channel.last, channel.acked) - at
            if name in cause.ends:
                assert channel.code == cause.ends[name], (cause.name, name, channel.code)
                assert after <= PROMPT, (cause.name, name, after)
                longest = max(longest, after)
            else:
                assert after > PROMPT, (cause.name, name, "goes on, by what it does not concern")
    guest = endings[-1][0]
    assert CAUSES[-1].name == "made a guest"
    await holds_for_a_guest(scene, guest)
    return longest


async def holds_for_a_guest(scene: Scene, guest: Victim) -> None:
    """Who was made a guest talks on and changes no task, by whichever way."""
    text, at = "/task Not yours", f"/api/v1/projects/{scene.crowd.project}/say"
    for name in ("session socket", "token socket"):
        async with guest.socket(guest.channels[name].headers) as socket:
            frame = {"type": "say", "nonce": "0b8bd9a6-2b4e-4e0f-9f6f-6a1c5d1f0a01", "text": text}
            await socket.send(orjson.dumps(frame).decode())
            assert orjson.loads(await socket.recv())["code"] == "forbidden"
    body = orjson.dumps({"nonce": "0b8bd9a6-2b4e-4e0f-9f6f-6a1c5d1f0a01", "text": text}).decode()
    json = {"Content-Type": "application/json"}
    status, _, answer = Browser(guest.port).ask("POST", at, body, **guest.token, **json)
    assert (status, orjson.loads(answer)["code"]) == (422, "forbidden")
    assert guest.browser.post(f"/p/{scene.crowd.slug}/t/add", title="Not yours", column="1")[0] in {403, 422}


@pytest.mark.parametrize("scene", extent(["services"], ["sqlite", "services"]), indirect=True)
async def test_access_ends_within_two_seconds_whatever_ends_it(scene: Scene, request):
    longest = [await hold(scene) for _ in range(ROUNDS)]
    tell(
        "S-02",
        f"{request.node.callspec.id}: {len(CAUSES)} causes by four channels, {ROUNDS} times: the last byte came "
        f"{max(longest):.2f} s after the commit",
    )


@pytest.mark.parametrize("scene", ["services"], indirect=True)
async def test_and_so_it_does_without_a_channel_layer(scene: Scene):
    assert scene.wire is not None
    scene.wire.cut()
    try:
        longest = [await hold(scene) for _ in range(ROUNDS)]
    finally:
        scene.wire.mend()
    tell("S-02", f"without Valkey, {ROUNDS} times: the last byte came {max(longest):.2f} s after the commit")


async def test_who_greets_while_being_removed_hears_nothing_of_after_the_removal(scene: Scene):
    heard, handles = [], []

    async def race() -> None:
        for _ in range(RACES):
            handles.append(handle := f"racer{scene.crowd.project}x{len(handles)}")
            heard.append(await asyncio.wait_for(one_race(scene, handle), 60))

    await scene.crowd.during(race)
    rows = [(row.seq, row.kind) for row in scene.crowd.log()]
    removals = [seq for seq, kind in rows if kind == "member.removed"][-RACES:]
    late = [(max(seqs), end) for seqs, end in zip(heard, removals, strict=True) if seqs and max(seqs) >= end]
    assert late == []
    assert any(heard), "some were quicker than their removal"
    tell("S-02", f"{RACES} races between hello and removal: nothing of after the removal was heard")


async def one_race(scene: Scene, handle: str) -> list[int]:
    """The numbers of the events that somebody hears who says hello while they are removed."""
    scene.seed("person", name=handle.title(), handle=handle)
    scene.seed("join", project=scene.crowd.project, handle=handle, role="member")
    member = scene.seed("membership", project=scene.crowd.project, handle=handle)
    at = f"/p/{scene.crowd.slug}/settings/people/{member}/remove"
    token = {"Authorization": f"Bearer {scene.seed('token', handle=handle)}"}
    form = await asyncio.to_thread(scene.owner.token)
    seqs: list[int] = []
    async with socket_of(scene.crowd, token) as socket:

        async def remove() -> tuple:
            await asyncio.sleep(random.uniform(0, 0.03))
            return await asyncio.to_thread(scene.owner.post, at, form)

        removal = asyncio.create_task(remove())
        await asyncio.sleep(random.uniform(0, 0.03))
        with suppress(ConnectionClosed):
            after = max(0, scene.crowd.talkers[0].seq - 20)
            await socket.send(orjson.dumps({"type": "hello", "after": after}).decode())
            async for text in socket:
                frame = orjson.loads(text)
                seqs += [frame["seq"]] if frame["type"] == "event" else []
        assert socket.close_code == 4403
        assert (await removal)[0] == 302
    return seqs
