"""Devices with the product's own client, each behind a proxy that can be cut, silenced and mended; see `devices.js`."""

import asyncio
import json
import os
import signal
import sys
from contextlib import ExitStack
from typing import Any, Self

from tests.faults.crowd import Crowd
from tests.faults.history import Moment
from tests.faults.proxy import Proxy
from tests.server import ROOT

SCRIPT = ROOT / "tests" / "faults" / "devices.js"


class Devices:
    """`async with Devices(crowd, 12) as devices: devices.say(0, "hello")`: all of them the second person's."""

    def __init__(self, crowd: Crowd, size: int) -> None:
        self.history = crowd.history
        self.wires = [Proxy(crowd.server.port) for _ in range(size)]
        self.names = [f"device {number}" for number in range(size)]
        self.seqs = dict.fromkeys(self.names, 0)
        self.waiting: set[str] = set()
        self.moments: list[Moment] = []
        person = crowd.people[1]
        place = {"project": crowd.project, "slug": crowd.slug}
        self._words = place | {"token": person.token, "cookie": person.cookie}
        self._stack = ExitStack()
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        ports = [self._stack.enter_context(wire).port for wire in self.wires]
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.node", str(SCRIPT)),
            json.dumps(self._words | {"ports": ports}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._process.stdin.close()
        await self._process.wait()
        await self._reading
        self._stack.close()

    def say(self, device: int, text: str) -> None:
        """Have it said there, now or when it is possible again."""
        self._tell(device=device, do="say", text=text)

    def hurry(self, device: int) -> None:
        """The device says that the network is back, as browsers do."""
        self._tell(device=device, do="hurry")

    def sleep(self) -> None:
        """All of them, as laptops do that are shut: their time stands still."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """All of them, and each looks whether it is still connected."""
        os.killpg(self._process.pid, signal.SIGCONT)
        for device in range(len(self.wires)):
            self.hurry(device)

    def _tell(self, **words: Any) -> None:
        self._process.stdin.write(json.dumps(words).encode() + b"\n")

    async def _read(self) -> None:
        async for line in self._process.stdout:
            moment = Moment(**json.loads(line))
            self.moments.append(moment)
            self.history.keep(moment)
            if moment.what == "heard":
                self.seqs[moment.who] = max(self.seqs[moment.who], moment.seq)
            elif moment.what == "said":
                self.waiting.add(moment.nonce)
            elif moment.what == "acked":
                self.waiting.discard(moment.nonce)
