"""A WebSocket client that counts: it reads thousands of frames a second and decodes those that somebody asks for."""

import asyncio
import secrets
import struct
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

PING, PONG, CLOSE = 0x9, 0xA, 0x8

Watcher = Callable[[bytes, int, int], None]  # gets a chunk, and where in it the frame's text starts and stops


@dataclass
class Tally:
    """What all wires of this process have seen."""

    events: int = 0
    closed: int = 0
    bytes: int = 0


class Wire(asyncio.Protocol):
    """One socket: texts that begin with `prefix` are events and are counted; `watch` sees every text.

    It is open when a text comes that begins with `ready`, the answer to `hello`; without them when it is connected.
    """

    def __init__(
        self, request: bytes, prefix: bytes, tally: Tally, *, hello: bytes = b"", ready: bytes = b""
    ) -> None:
        self.request, self.prefix, self.tally, self.hello, self.ready = request, prefix, tally, hello, ready
        self.watch: Watcher | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport
        self._rest = b""
        self._is_upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        transport.write(self.request)

    def connection_lost(self, error: Exception | None) -> None:
        self.tally.closed += 1
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("The server closed the connection."))

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        start = 0 if self._is_upgraded else self._upgrade(data)
        self._rest = data[self._frames(data, start) :] if self._is_upgraded else data

    def send(self, text: bytes) -> None:
        """Send a text frame. The mask is zero: what it protects from is not here."""
        self.transport.write(_header(0x81, len(text)) + text)

    def _upgrade(self, data: bytes) -> int:
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self.opened.set_exception(ConnectionError(data[:80].decode("latin-1")))
            self.transport.close()
        self._is_upgraded = True
        if self.hello:
            self.send(self.hello)
        elif not self.opened.done():
            self.opened.set_result(None)
        return end + 4

    def _frames(self, data: bytes, at: int) -> int:
        """Read the whole frames in `data` from `at` on, and give where the rest begins."""
        end, prefix, watch, events = len(data), self.prefix, self.watch, 0
        while end - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                start = at + 4
                length = int.from_bytes(data[at + 2 : start], "big")
            elif length == 127:
                start = at + 10
                length = int.from_bytes(data[at + 2 : start], "big")
            stop = start + length
            if stop > end or start > end:
                break
            if data[at] != 0x81:
                self._control(data[at] & 0x0F, data[start:stop])
            elif data.startswith(prefix, start):
                events += 1
                if watch:
                    watch(data, start, stop)
            else:
                self._other(data, start, stop)
            at = stop
        self.tally.events += events
        self.tally.bytes += end
        return at

    def _other(self, data: bytes, start: int, stop: int) -> None:
        if not self.opened.done() and data.startswith(self.ready, start):
            self.opened.set_result(None)
        elif self.watch:
            self.watch(data, start, stop)

    def _control(self, opcode: int, body: bytes) -> None:
        if opcode == PING:
            self.transport.write(_header(0x80 | PONG, len(body)) + body)
        elif opcode == CLOSE:
            self.transport.close()


def handshake(host: str, port: int, path: str, headers: dict[str, str]) -> bytes:
    """The request that opens a WebSocket."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += [
        f"Sec-WebSocket-Key: {b64encode(secrets.token_bytes(16)).decode()}",
        "Sec-WebSocket-Version: 13",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return struct.pack("!BBI", first, 0x80 | length, 0)
    return struct.pack("!BBHI", first, 0x80 | 126, length, 0)
