"""A wire that can be slow, thin, cut or silent: `with Proxy(port) as proxy: connect(proxy.port); proxy.fall_silent()`.

All proxies live in one thread with an event loop of its own, so that a busy test does not make them slow.
"""

import asyncio
import functools
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Self

CHUNK = 65_536
IN_FLIGHT = 256  # chunks on their way in one direction; then the sender has to wait


class Proxy:
    """Passes on what is sent to `port` of this machine, or to a Unix socket, as the network of today would."""

    def __init__(self, behind: int | str) -> None:
        self.behind = behind
        self.port = 0
        self.latency = 0.0  # seconds that everything is on its way, in each direction
        self.rate = 0.0  # bytes a second in each direction; 0: as many as come
        self.visits = 0  # connections that were asked for
        self._is_silent = False
        self._server: asyncio.Server | None = None
        self._wires: set[Wire] = set()

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_error: object) -> None:
        self.cut()

    def cut(self) -> None:
        """Reset every connection and refuse new ones, until it is mended."""
        _in_loop(self._cut())

    def fall_silent(self) -> None:
        """Every connection stays open and what is sent over it is lost, for ever; new ones too, until it is mended.

        So do a laptop that was carried out of the house, and a firewall that has forgotten its connections.
        """
        _in_loop(self._fall_silent())

    def mend(self) -> None:
        """Connections can be had again, at the same port. Those that were lost stay lost."""
        _in_loop(self._listen())

    def mend_without_a_word(self) -> None:
        """Connections can be had, and nothing comes through them until it is mended."""
        _in_loop(self._listen(is_silent=True))

    async def _listen(self, *, is_silent: bool = False) -> None:
        self._is_silent = is_silent
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=1024)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            for listener in server.sockets:
                asyncio.get_running_loop().remove_reader(listener.fileno())
            await asyncio.sleep(0)  # who has been let in already is seen to the end
            server.close()
        for wire in tuple(self._wires):
            wire.reset()

    async def _fall_silent(self) -> None:
        self._is_silent = True
        for wire in self._wires:
            wire.is_lost = True

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visits += 1
        wire = Wire(self, writer, is_lost=self._is_silent)
        self._wires.add(wire)
        try:
            await wire.join(reader, self.behind)
        finally:
            self._wires.discard(wire)


class Wire:
    """One connection through a proxy."""

    def __init__(self, proxy: Proxy, near: asyncio.StreamWriter, *, is_lost: bool) -> None:
        self.is_lost = is_lost
        self._proxy = proxy
        self._ends = [near]
        self._ways: list[asyncio.Future[None]] = []

    async def join(self, reader: asyncio.StreamReader, behind: int | str) -> None:
        """Pass on what comes, in both directions, until one side goes."""
        near = self._ends[0]
        with suppress(OSError):
            if isinstance(behind, int):
                far_reader, far = await asyncio.open_connection("127.0.0.1", behind)
            else:
                far_reader, far = await asyncio.open_unix_connection(behind)
            self._ends.append(far)
            self._ways = [
                asyncio.ensure_future(way)
                for way in (self._pass_on(reader, far), self._pass_on(far_reader, near))
            ]
            await asyncio.wait(self._ways, return_when=asyncio.FIRST_COMPLETED)
        for way in self._ways:
            way.cancel()
        await asyncio.gather(*self._ways, return_exceptions=True)
        for end in self._ends:
            end.close()

    def reset(self) -> None:
        """End it as a machine does that has lost its memory."""
        for way in self._ways:
            way.cancel()
        for end in self._ends:
            end.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(IN_FLIGHT)
        landing = asyncio.ensure_future(self._land(flying, writer))
        try:
            while data := await reader.read(CHUNK):
                await flying.put((_now() + self._proxy.latency, data))
            await flying.put((0, b""))
            await landing  # what is on its way arrives before the end does
        finally:
            landing.cancel()

    async def _land(self, flying: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        while (arrival := await flying.get())[1]:
            at, data = arrival
            await asyncio.sleep(max(0, at - _now()))
            if self._proxy.rate:
                await asyncio.sleep(len(data) / self._proxy.rate)
            if not self.is_lost:
                writer.write(data)
                await writer.drain()
        if self.is_lost:  # not even the end of it gets through
            await asyncio.get_running_loop().create_future()


def _now() -> float:
    return asyncio.get_running_loop().time()


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _in_loop(what: Coroutine[None, None, None]) -> None:
    asyncio.run_coroutine_threadsafe(what, _loop()).result()
