from typing import Any

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from workspace import live, wire
from workspace.sockets import Login, Socket
from workspace.wire import Batch


class Transport:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return self.is_closed


class Gate:
    """uvicorn's `writable`: shut while the reader is slow."""

    is_open = True

    def is_set(self) -> bool:
        return self.is_open


class Connection:
    state = State.OPEN
    extensions: list[Any] = []  # noqa: RUF012


class Protocol(WebSocketsSansIOProtocol):
    """uvicorn's connection, without a network."""

    def __init__(self) -> None:
        self.conn, self.transport, self.writable, self.close_sent = Connection(), Transport(), Gate(), False
        self.sent: list[dict[str, Any]] = []

    async def send(self, message: Any) -> None:
        self.sent.append(message)


def frames(*seqs: int) -> list[live.Frame]:
    return [live.Frame(seq, f"html {seq}", f"data {seq}") for seq in seqs]


def socket(protocol: Protocol, *, as_data: bool = False) -> Socket:
    made = Socket(protocol.send, Login(1), 1, as_data=as_data)
    made.live(0)
    return made


@pytest.mark.parametrize("text", ["", "hello", "ä" * 63, "x" * 125, "x" * 126, "x" * 65_535, "x" * 65_536])
def test_a_frame_is_what_websockets_makes_of_the_text(text: str):
    assert wire.encode(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def test_events_are_written_at_once_and_together():
    protocol = Protocol()
    reader = socket(protocol)
    reader.push(Batch(frames(1, 2)))
    reader.push(Batch(frames(3)))
    assert protocol.transport.written == [
        wire.encode("html 1") + wire.encode("html 2"),
        wire.encode("html 3"),
    ]
    assert reader.seq == 3


def test_a_program_is_sent_data():
    protocol = Protocol()
    socket(protocol, as_data=True).push(Batch(frames(1)))
    assert protocol.transport.written == [wire.encode("data 1")]


def test_an_event_that_was_sent_is_not_sent_again():
    protocol = Protocol()
    reader = socket(protocol)
    reader.push(Batch(frames(1, 2)))
    reader.push(Batch(frames(2, 3)))
    assert protocol.transport.written[1:] == [wire.encode("html 3")]


@pytest.mark.parametrize("obstacle", ["closed", "closing", "leaving", "slow"])
def test_what_cannot_be_written_goes_the_long_way(obstacle: str):
    protocol = Protocol()
    reader = socket(protocol)
    protocol.conn.state = State.CLOSED if obstacle == "closed" else State.OPEN
    protocol.transport.is_closed = obstacle == "closing"
    protocol.close_sent = obstacle == "leaving"
    protocol.writable.is_open = obstacle != "slow"
    reader.push(Batch(frames(1)))
    assert protocol.transport.written == []
    assert protocol.sent == [{"type": "websocket.send", "text": "html 1"}]


def test_nothing_is_written_after_the_end():
    protocol = Protocol()
    reader = socket(protocol)
    reader.end(4403)
    reader.push(Batch(frames(1)))
    assert protocol.transport.written == []


def test_a_compressed_connection_and_another_server_are_sent_the_text():
    protocol = Protocol()
    protocol.conn.extensions = ["deflate"]
    assert wire.writer(protocol.send) is None
    assert wire.writer(lambda message: None) is None
