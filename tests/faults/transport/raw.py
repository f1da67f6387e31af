"""Bytes as no well-behaved client sends them: a plain socket, HTTP by hand, and a builder of WebSocket frames."""

import json
import os
import socket
import struct
import time
from base64 import b64encode
from contextlib import suppress
from typing import Any, Self

TEXT, BINARY, CLOSE, PING, PONG, CONT = 0x1, 0x2, 0x8, 0x9, 0xA, 0x0
PATIENCE = 20.0


def frame(
    opcode: int,
    body: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    mask: bytes | None = b"mask",
    length: int = -1,
) -> bytes:
    """A frame; `length` is what its head claims, `mask` None leaves it unmasked, `rsv` are the three reserved bits."""
    claimed = len(body) if length < 0 else length
    first = fin << 7 | rsv << 4 | opcode
    bit = 0x80 if mask is not None else 0
    if claimed < 126:
        head = struct.pack("!BB", first, bit | claimed)
    elif claimed < 65_536:
        head = struct.pack("!BBH", first, bit | 126, claimed)
    else:
        head = struct.pack("!BBQ", first, bit | 127, claimed)
    return head + (body if mask is None else mask + masked(body, mask))


def masked(body: bytes, mask: bytes) -> bytes:
    """`body` under a mask of four bytes."""
    whole = (mask * (len(body) // 4 + 1))[: len(body)]
    return (int.from_bytes(body, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(body), "big")


def text_of(size: int, **fields: Any) -> bytes:
    """A JSON object of exactly so many bytes."""
    empty = json.dumps({**fields, "x": ""}).encode()
    return json.dumps({**fields, "x": "x" * (size - len(empty))}).encode()


def request(target: str = "/healthz", *lines: str, method: str = "GET", host: str = "127.0.0.1") -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{method} {target} HTTP/1.1", f"Host: {host}", *lines, "", ""]).encode("latin-1")


def handshake(project: int, *lines: str) -> bytes:
    """The head that asks for a project's socket."""
    key = b64encode(os.urandom(16)).decode()
    upgrade = (
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
    )
    return request(f"/ws/project/{project}/?as=data", *upgrade, *lines)


class Line:
    """One TCP connection, from an address of our own choosing."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE, source_address=(address, 0))
        self.rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> Self:
        """Send all of it; that the other side has hung up meanwhile is no error."""
        with suppress(ConnectionError):
            self.socket.sendall(data)
        return self

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the body of an answer; 0 when the connection ended without one."""
        while b"\r\n\r\n" not in self.rest and self._more():
            pass
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        if not first:
            return 0, {}, b""
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        size = int(headers.get("content-length", 0))
        while len(self.rest) < size and self._more():
            pass
        body, self.rest = self.rest[:size], self.rest[size:]
        return int(first.split()[1]), headers, body

    def frame(self) -> tuple[int, bytes]:
        """The opcode and the body of the next frame; CLOSE and nothing when the connection ends without one."""
        head = self._exactly(2)
        if len(head) < 2:
            return CLOSE, b""
        size = head[1] & 0x7F
        if size > 125:
            size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
        return head[0] & 0x0F, self._exactly(size)

    def close_code(self) -> int:
        """The code that the server closes with, whatever it says before; 0 for none."""
        while True:
            opcode, body = self.frame()
            if opcode == CLOSE:
                return int.from_bytes(body[:2], "big")

    def json(self, kind: str) -> dict[str, Any]:
        """The next frame of this type."""
        while True:
            opcode, body = self.frame()
            assert opcode != CLOSE, f"closed with {int.from_bytes(body[:2], 'big')} before a {kind} came"
            if opcode == TEXT and (found := json.loads(body))["type"] == kind:
                return found

    def until_closed(self, patience: float) -> float:
        """Seconds until the server has closed the connection."""
        began = time.monotonic()
        self.socket.settimeout(patience)
        while self._more():
            pass
        return time.monotonic() - began

    def _exactly(self, size: int) -> bytes:
        while len(self.rest) < size and self._more():
            pass
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def _more(self) -> bool:
        try:
            data = self.socket.recv(65_536)
        except ConnectionError:
            return False
        self.rest += data
        return bool(data)
