"""The shortest way to a socket: an event's frame as the bytes that go over the network, made once for all sockets.

A server makes them again for every socket, which costs more than everything else in a delivery. Where the server is uvicorn
they are handed to its connection as they are; any other server is sent the text, as ASGI has it.
"""

from asyncio import Transport
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from workspace.live import Frame

TEXT = 0x81  # a text frame, and the last one of its message

Write = Callable[[bytes], bool]


class Batch:
    """Events in the order of their numbers, without a gap, on their way to many sockets."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames
        self.first, self.last = frames[0].seq, frames[-1].seq

    @cached_property
    def html(self) -> bytes:
        """What pages are sent."""
        return b"".join(encode(frame.html) for frame in self.frames)

    @cached_property
    def data(self) -> bytes:
        """What programs are sent."""
        return b"".join(encode(frame.data) for frame in self.frames)


def encode(text: str) -> bytes:
    """A WebSocket text frame, as a server sends it: without a mask."""
    body = text.encode()
    size = len(body)
    if size < 126:
        return bytes((TEXT, size)) + body
    if size < 65_536:
        return bytes((TEXT, 126)) + size.to_bytes(2, "big") + body
    return bytes((TEXT, 127)) + size.to_bytes(8, "big") + body


def transport(send: Any) -> Transport | None:
    """The connection behind an ASGI `send`; None where the server is not uvicorn."""
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

    protocol = getattr(send, "__self__", None)
    return protocol.transport if isinstance(protocol, WebSocketsSansIOProtocol) else None


def writer(send: Any) -> Write | None:
    """What writes bytes to the connection behind an ASGI `send`; None where only `send` itself can.

    It writes and says True, or False: the connection is closing, or its reader is too slow to take more just now.
    """
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
    from websockets.protocol import State

    protocol = getattr(send, "__self__", None)
    if not isinstance(protocol, WebSocketsSansIOProtocol) or protocol.conn.extensions:
        return None
    connection, transport, writable = protocol.conn, protocol.transport, protocol.writable

    def write(data: bytes) -> bool:
        if connection.state is not State.OPEN or protocol.close_sent or not writable.is_set():
            return False
        if transport.is_closing():
            return False
        transport.write(data)
        return True

    return write
