"""The sockets of the load generator: opened a few at a time, closed all at once."""

import asyncio

from bench.dialects import Dialect
from bench.wire import Tally, Watcher, Wire, handshake

AT_ONCE = 20  # connections that are being opened at the same time
PATIENCE = 60.0  # seconds for one connection
HOST = "127.0.0.1"


class Crowd:
    """So many sockets at one server as were asked for."""

    def __init__(self, port: int, dialect: Dialect) -> None:
        self.port, self.dialect = port, dialect
        self.tally = Tally()
        self.wires: list[Wire] = []

    async def resize(self, count: int) -> None:
        """Open or close sockets until there are `count`."""
        gone, self.wires = self.wires[count:], self.wires[:count]
        for wire in gone:
            wire.transport.close()
        if gone:
            await asyncio.sleep(1)
        self.tally.closed = 0
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._open(gate, index) for index in range(len(self.wires), count)))

    def watch(self, watcher: Watcher | None) -> None:
        """Have every socket watched by `watcher`, or by nobody."""
        for wire in self.wires:
            wire.watch = watcher

    async def _open(self, gate: asyncio.Semaphore, index: int) -> None:
        headers = self.dialect.headers[index % len(self.dialect.headers)]
        path = self.dialect.paths[index % len(self.dialect.paths)]
        request = handshake(HOST, self.port, path, headers)
        async with gate:
            loop = asyncio.get_running_loop()
            _, wire = await loop.create_connection(lambda: self._wire(request), HOST, self.port)
            await asyncio.wait_for(wire.opened, PATIENCE)
        self.wires.append(wire)

    def _wire(self, request: bytes) -> Wire:
        talk = self.dialect
        return Wire(request, talk.prefix, self.tally, hello=talk.hello, ready=talk.ready)
