"""A socket of uvicorn's that takes one thing after the other, and says in a code why it ends.

What a client sends at once is otherwise read at once: forty thousand pings fit into one read, and everybody else waits for
the answers to them.
"""

import asyncio
from contextlib import suppress
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

SLICE = 4_096  # bytes that are read before others have a turn
RATE, BURST = 800.0, 2_000.0  # frames of any kind, in a second and at once: twice what a person may send
HANDSHAKE = 0.02  # seconds until it is worth another look whether the handshake is through
MOST_FRAGMENTS = 1_000  # of one message


class FramedSocket(WebSocketsSansIOProtocol):
    """Reads a slice at a time, and no more frames than it has a turn for. The rest waits, in the end at the client."""

    _waiting = b""  # has come, and is not read
    _turn: asyncio.TimerHandle | None = None
    _left, _at = BURST, 0.0

    def data_received(self, data: bytes) -> None:
        if not self.handshake_initiated:  # the request, from the HTTP connection that this was
            super().data_received(data)
            self._end_if_no_request()
        elif self._turn is None and self.handshake_complete and len(data) <= SLICE:
            self._read(data)
        else:
            self._waiting += data
            if self._turn is None:
                self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        self._waiting = b""
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """As uvicorn does. Its last words to a connection that has just gone would raise, and end the server."""
        with suppress(
            RuntimeError
        ):  # uvloop's for a closed transport, which need not know yet that it is closing
            super().shutdown()

    async def receive(self) -> Any:
        message = await super().receive()  # which reads on when nothing is left to receive
        if self._turn is not None:
            self.transport.pause_reading()
        return message

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            self.handshake_complete = True  # it was refused; uvicorn would log that it was forgotten

    def handle_events(self) -> None:
        now = self.loop.time()
        self._left = min(BURST, self._left + (now - self._at) * RATE) - len(self.conn.events)
        self._at = now
        super().handle_events()

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= MOST_FRAGMENTS:  # empty ones would count for nothing, and be kept
            self._fail(CloseCode.MESSAGE_TOO_BIG, f"over {MOST_FRAGMENTS} fragments")
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(self.frames):
            self._fail(CloseCode.INVALID_DATA, "not UTF-8")  # uvicorn would log it with a traceback
        else:
            super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        if self.conn.close_sent is not None:
            super().handle_parser_exception()
        elif not self.close_sent:  # before the handshake was through: there is nobody to send a code to
            self.close_sent = True
            self.transport.close()

    def _read(self, data: bytes) -> None:
        super().data_received(data)
        if self._left < 0 or self._waiting:
            self.transport.pause_reading()
            self._turn = self.loop.call_later(max(0.0, -self._left / RATE), self._next)

    def _next(self) -> None:
        self._turn = None
        if self.transport.is_closing():
            self._waiting = b""
        elif not self.handshake_complete:
            self.transport.pause_reading()
            self._turn = self.loop.call_later(HANDSHAKE, self._next)
        else:
            piece, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
            if not self.read_paused:  # uvicorn's own pause: the application has not received what came before
                self.transport.resume_reading()
            self._read(piece)

    def _end_if_no_request(self) -> None:
        """The library refuses more than 128 headers and lines over 8 KiB; uvicorn would not pass that on."""
        if self.conn.handshake_exc and not self.close_sent:
            self.close_sent = self.handshake_complete = True
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def _fail(self, code: CloseCode, reason: str) -> None:
        if not self.close_sent:
            self.conn.fail(code, reason)
            self.handle_parser_exception()


def _is_text(pieces: list[bytes]) -> bool:
    try:
        b"".join(pieces).decode()
    except UnicodeDecodeError:
        return False
    return True
