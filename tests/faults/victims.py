"""Somebody whose access ends while they listen, speak, read pages and let a program run."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.browser.seeder import Seeder
from tests.faults.browsing import Browser
from tests.faults.crowd import Crowd
from tests.faults.talkers import GONE

PASSWORD = "correct horse battery"
EVERY = 0.8  # seconds between two says, and between two reads over HTTP


class Channel:
    """One way to a project's data: what it answered last with, and when."""

    def __init__(self, headers: dict[str, str], kind: str) -> None:
        self.headers, self.kind = headers, kind
        self.last = 0.0  # when the last byte of project data came
        self.acked = 0.0  # when the last say was taken
        self.code: int | None = None  # the close code of a socket
        self.is_open = False


class Victim:
    """A member with a session and a token: a socket and HTTP by each. With a password, also signed in elsewhere."""

    def __init__(self, crowd: Crowd, seed: Seeder, handle: str, *, has_password: bool = False) -> None:
        self.crowd, self.seed, self.handle, self.port = crowd, seed, handle, crowd.server.port
        password = PASSWORD if has_password else ""
        made = seed("person", name=handle.title(), handle=handle, password=password)
        seed("join", project=crowd.project, handle=handle, role="member")
        self.browser, self.other = Browser(self.port), Browser(self.port)
        if has_password:
            self.browser.sign_in(made["email"], PASSWORD)
            self.other.sign_in(made["email"], PASSWORD)
        else:
            self.browser.cookies.update([made["cookie"]])
        self.token = {"Authorization": f"Bearer {seed('token', handle=handle)}"}
        self.origin = {"Origin": f"http://127.0.0.1:{self.port}"}
        self.channels = {
            "session socket": Channel(self.browser.own | self.origin, "socket"),
            "token socket": Channel(self.token, "socket"),
            "session http": Channel(self.browser.own, f"/p/{crowd.slug}/events?after="),
            "token http": Channel(self.token, f"/api/v1/projects/{crowd.project}/events?after="),
        }

    @property
    def membership(self) -> int:
        return int(self.seed("membership", project=self.crowd.project, handle=self.handle))

    async def live(self) -> None:
        """Use all channels, until cancelled."""
        async with asyncio.TaskGroup() as group:
            for channel in self.channels.values():
                group.create_task(self._listen(channel) if channel.kind == "socket" else self._read(channel))

    def socket(self, headers: dict[str, str]) -> connect:
        return socket_of(self.crowd, headers)

    async def comes_back(self, channel: Channel) -> int | None:
        """The code that a new socket by the same login is closed with, or None where it is let in."""
        async with self.socket(channel.headers) as socket:
            try:
                await socket.send(orjson.dumps({"type": "hello", "after": 0}).decode())
                await socket.recv()
            except ConnectionClosed:
                return socket.close_code
        return None

    async def _listen(self, channel: Channel) -> None:
        async with self.socket(channel.headers) as socket:
            await socket.send(orjson.dumps({"type": "hello", "after": None}).decode())
            speaking = asyncio.create_task(_speak(socket))
            with suppress(ConnectionClosed):
                async for text in socket:
                    frame = orjson.loads(text)
                    channel.is_open = True
                    if frame["type"] in {"event", "ready", "ack", "answer", "typing", "presence"}:
                        channel.last = time.monotonic()
                    if frame["type"] == "ack":
                        channel.acked = channel.last
            speaking.cancel()
            channel.code = socket.close_code

    async def _read(self, channel: Channel) -> None:
        while True:
            with suppress(*GONE):
                status, _, _ = await asyncio.to_thread(
                    Browser(self.port).get,
                    f"{channel.kind}{max(0, self.crowd.talkers[0].seq - 5)}",
                    **channel.headers,
                )
                channel.is_open = True
                channel.code = status
                if status == 200:
                    channel.last = time.monotonic()
            await asyncio.sleep(EVERY)


def socket_of(crowd: Crowd, headers: dict[str, str]) -> connect:
    """A socket to the crowd's project, by what the headers prove."""
    url = f"ws://127.0.0.1:{crowd.server.port}/ws/project/{crowd.project}/"
    return connect(url, additional_headers=headers, open_timeout=10)


async def _speak(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        while True:
            frame = {"type": "say", "nonce": str(uuid4()), "text": "I am still here"}
            await socket.send(orjson.dumps(frame).decode())
            await asyncio.sleep(EVERY)


@dataclass(frozen=True)
class Cause:
    """What ends somebody's access, done as it is done in life; it returns after the commit. `ends` are the channels that
    it ends, each with the code or the status that says so; the others go on.
    """

    name: str
    happen: Callable[[Victim, Browser], Any]
    ends: dict[str, int]
    needs_password: bool = False


SESSION = {"session socket": 4401, "session http": 302}
TOKEN = {"token socket": 4401, "token http": 401}
GONE_FROM_HERE = {"session socket": 4403, "session http": 404, "token socket": 4403, "token http": 404}


def _people(victim: Victim, what: str) -> str:
    return f"/p/{victim.crowd.slug}/settings/people/{victim.membership}/{what}"


def _done(answer: tuple[int, Any, bytes]) -> None:
    assert answer[0] in {200, 204, 302}, answer


def _change_password(victim: Victim) -> None:
    fields = {"oldpassword": PASSWORD, "password1": "another battery staple"}
    _done(victim.other.post("/settings/password", **fields))


def _revoke_token(victim: Victim) -> None:
    mine = orjson.loads(Browser(victim.port).get("/api/v1/tokens", **victim.token)[2])
    path = f"/api/v1/tokens/{mine[0]['id']}"
    _done(Browser(victim.port).ask("DELETE", path, None, **victim.token))


CAUSES = [
    Cause("logout", lambda victim, _: _done(victim.browser.post("/logout")), SESSION),
    Cause(
        "logout elsewhere",
        lambda victim, _: _done(victim.other.post("/settings/sessions/end")),
        SESSION,
        needs_password=True,
    ),
    Cause(
        "session deleted", lambda victim, _: victim.seed("lose_session", key=victim.browser.session), SESSION
    ),
    Cause("password changed", lambda victim, _: _change_password(victim), SESSION, needs_password=True),
    Cause("token revoked", lambda victim, _: _revoke_token(victim), TOKEN),
    Cause("deactivated", lambda victim, _: victim.seed("switch_off", handle=victim.handle), SESSION | TOKEN),
    Cause("removed", lambda victim, owner: _done(owner.post(_people(victim, "remove"))), GONE_FROM_HERE),
    Cause("made a guest", lambda victim, owner: _done(owner.post(_people(victim, "role"), role="guest")), {}),
]
