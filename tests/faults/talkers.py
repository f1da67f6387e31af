"""Programs that talk to a server that dies under them, and write down what they said, were answered and heard."""

import asyncio
import time
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any
from uuid import uuid4

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.faults.history import History

PAUSE = 0.1  # seconds between two says of one talker
MOST = 20  # says that may wait for their answers; then it holds its tongue, or a slow machine would never be done
AGAIN = 0.5  # seconds after which a say that the server stumbled over is said again
GONE = (OSError, WebSocketException, asyncio.TimeoutError, EOFError)
NO_NEWS = {"presence", "pong"}


class Talker:
    """One socket, as a program or as a page has it, that says things again until they are acknowledged."""

    def __init__(
        self, port: int, project: int, token: str, name: str, history: History, *, as_data: bool = True
    ) -> None:
        self.port, self.project, self.name, self.history = port, project, name, history
        self.path = f"/ws/project/{project}/{'?as=data' if as_data else ''}"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.waiting: dict[str, str] = {}
        self.seq = 0
        self.last_ack = 0
        self._said = 0
        self.is_ready = False
        self._socket: ClientConnection | None = None
        self._again: set[asyncio.Task[None]] = set()

    async def stay(self) -> None:
        """Be connected, again and again."""
        while True:
            with suppress(*GONE):
                url = f"ws://127.0.0.1:{self.port}{self.path}"
                async with connect(url, additional_headers=self.headers, open_timeout=3) as socket:
                    await self._visit(socket)
            if self._socket:
                self._note("closed")
            self._socket, self.is_ready = None, False
            await asyncio.sleep(0.05)

    async def talk(self, pause: float = PAUSE) -> None:
        """Say something, whether or not anybody is there to hear it."""
        while True:
            if len(self.waiting) < MOST:
                await self.say(str(uuid4()), f"{self.name} {self._said}")
            await asyncio.sleep(pause)

    async def say(self, nonce: str, text: str) -> None:
        """Say it now, and when the socket is lost before the answer, again."""
        self._said += 1
        self.waiting[nonce] = text
        self._note("said", nonce)
        await self._send_say(nonce, text)

    async def type(self) -> None:
        """Let the others know that something is being written: that goes through the channel layer and nowhere else."""
        if self._socket:
            with suppress(*GONE):
                await _send(self._socket, type="typing")

    async def _visit(self, socket: ClientConnection) -> None:
        self._note("opened")
        await self._greet(socket)
        self._socket = socket
        for nonce, text in list(self.waiting.items()):
            await self._send_say(nonce, text)
        async for text in socket:
            await self._hear(socket, orjson.loads(text))

    async def _greet(self, socket: ClientConnection) -> None:
        self._note("greeted", seq=self.seq)
        await _send(socket, type="hello", after=self.seq)

    async def _send_say(self, nonce: str, text: str) -> None:
        if self._socket:
            with suppress(*GONE):
                await _send(self._socket, type="say", nonce=nonce, text=text)

    async def _hear(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        kind = frame["type"]
        if kind == "event":
            self._hear_event(frame["seq"])
        elif kind == "ack":
            self.waiting.pop(frame["nonce"], None)
            self.last_ack = max(self.last_ack, frame["seq"])
            self._note("acked", frame["nonce"], frame["seq"])
        elif kind == "ready":
            self.is_ready = True
            self._note("ready", seq=frame["seq"])
        elif kind == "typing":
            self._note("saw typing", note=frame["user"]["handle"])
        elif kind == "reload":
            await asyncio.to_thread(self._read_over_http)
            await self._greet(socket)
        elif kind == "error" and frame.get("nonce") in self.waiting:
            self._note("stumbled", frame["nonce"], note=frame["message"])
            self._say_again(frame["nonce"])
        elif kind not in NO_NEWS:
            self._note("odd", frame.get("nonce") or "", note=str(frame)[:300])

    def _hear_event(self, seq: int) -> None:
        self.seq = max(self.seq, seq)
        self._note("heard", seq=seq)

    def _say_again(self, nonce: str) -> None:
        async def later() -> None:
            await asyncio.sleep(AGAIN)
            if nonce in self.waiting:
                await self._send_say(nonce, self.waiting[nonce])

        task = asyncio.create_task(later())
        self._again.add(task)
        task.add_done_callback(self._again.discard)

    def _read_over_http(self) -> None:
        """What a program does that stands too far back for a socket."""
        while True:
            url = f"http://127.0.0.1:{self.port}/api/v1/projects/{self.project}/events?after={self.seq}"
            with urllib.request.urlopen(urllib.request.Request(url, headers=self.headers), timeout=20) as got:
                events = orjson.loads(got.read())["events"]
            if not events:
                return
            for event in events:
                self._hear_event(event["seq"])

    def _note(self, what: str, nonce: str = "", seq: int = 0, note: str = "") -> None:
        self.history.note(self.name, what, nonce, seq, note)


class Caller:
    """Says things over HTTP, as a bot does."""

    def __init__(self, port: int, project: int, token: str, history: History, name: str = "bot") -> None:
        self.url = f"http://127.0.0.1:{port}/api/v1/projects/{project}/say"
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self.name, self.history = name, history

    def say(self, nonce: str, text: str) -> None:
        """Say it once, and write down what is answered."""
        body = orjson.dumps({"text": text, "nonce": nonce})
        self.history.note(self.name, "said", nonce)
        try:
            request = urllib.request.Request(self.url, body, self.headers)
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.history.note(self.name, "acked", nonce, orjson.loads(answer.read())["seq"])
        except urllib.error.HTTPError as error:
            with error:
                self.history.note(self.name, "odd", nonce, note=f"{error.code} {error.read()[:200]!r}")
        except OSError as error:
            self.history.note(self.name, "odd", nonce, note=repr(error))


async def _send(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(orjson.dumps(frame).decode())


async def until(condition: Any, seconds: float) -> bool:
    """Whether `condition()` came true within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True
