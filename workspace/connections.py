"""The patience of a connection. uvicorn waits for ever for a request that does not come; here it has an end, and a size."""

import asyncio
import weakref
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from workspace.deadlines import Deadline

HEAD = 10.0  # seconds for the head of a request, and for a connection to begin one
BODY = 15.0  # seconds for the rest of it
REST = 25.0  # seconds in which what is left of an answer must be read
BRIEF = 2.0  # seconds for the head, from an address that has too many connections
MOST_HEAD = 32_768  # bytes: what nginx takes, too
MOST_OF_ADDRESS = 1_000  # connections that are no sockets (yet); a browser has six

SENTENCES = {
    408: "The request did not come in time.",
    429: "There are too many connections from your address; try again in 10 s.",
    431: "The head of a request may have 32 KiB.",
}


class Waiting:
    """Whom one event loop waits for: a single timer for each kind of patience, whatever the number of connections."""

    def __init__(self) -> None:
        self.deadlines = {seconds: Deadline(seconds) for seconds in (HEAD, BODY, REST, BRIEF)}
        self.of_address: Counter[str] = Counter()


_waiting: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Waiting]" = weakref.WeakKeyDictionary()


class Connection(HttpToolsProtocol):
    """An HTTP connection of uvicorn's that has to get on, until it has become a socket.

    Its parser has no limit of its own: a head that never ends would be kept in memory, and a client that reads or sends a
    byte a minute would hold a place for ever.
    """

    _refusal = 0
    _is_in_head = True
    _unread = 0  # bytes of a head that is not complete
    _deadline: Deadline | None = None
    _counts_as = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._waiting = _waiting.setdefault(self.loop, Waiting())
        self._wait(HEAD)
        address = self.client[0] if self.client else ""
        if address and address not in getattr(self.app, "trusted_hosts", ()):  # a proxy stands for many
            self._counts_as = address
            self._waiting.of_address[address] += 1
            if self._waiting.of_address[address] > MOST_OF_ADDRESS:
                self._refuse(429)
                self._wait(BRIEF)

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unread += len(data)
        super().data_received(data)
        if self._unread > MOST_HEAD and self._is_in_head and not self.transport.is_closing():
            self._answer(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head = True
        if not self._refusal:
            self._wait(HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        if b"_" not in name:  # some read X_Forwarded_For as X-Forwarded-For: nobody here gets to see it
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MOST_HEAD:
            self._refuse(431)
        self._wait(BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._unread = 0
        if self._is_asked:
            self._wait(None)  # now it is our turn

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:  # else there was another request behind this one
            self._wait(REST if self.transport.get_write_buffer_size() else HEAD)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait(REST)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._is_asked:
            self._wait(None)

    def handle_websocket_upgrade(self) -> None:
        self._leave()
        super().handle_websocket_upgrade()

    def _should_upgrade_to_ws(self) -> bool:
        return not self._refusal and super()._should_upgrade_to_ws()

    def _unsupported_upgrade_warning(self) -> None:
        """What cannot be upgraded is answered as it is, which is not worth a line in the log."""

    def is_late(self) -> None:
        """The patience with this connection has come to its end."""
        is_answering = self._is_asked and self.cycle.response_started
        if self.transport.is_closing() or self.transport.get_write_buffer_size() or is_answering:
            self.transport.abort()  # it does not read; closing would wait for that
        elif self._refusal or self._unread:
            self._answer(self._refusal or 408)
        else:
            self.transport.close()

    @property
    def _is_asked(self) -> bool:
        """Whether there is a request that has not been answered to its end."""
        cycle = getattr(self, "cycle", None)  # uvicorn begins with None, which its types do not say
        return bool(cycle and not cycle.response_complete)

    def _refuse(self, status: int) -> None:
        self._refusal = status
        self.app = Refusal(status)

    def _answer(self, status: int) -> None:
        """An answer without a request, and the end."""
        head, body = answer_of(status)
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in head)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + body)
        self.transport.close()
        self._wait(REST)

    def _wait(self, seconds: float | None) -> None:
        if self._deadline:
            self._deadline.stop(self)
        self._deadline = None if seconds is None else self._waiting.deadlines[seconds]
        if self._deadline:
            self._deadline.start(self)

    def _leave(self) -> None:
        self._wait(None)
        if self._counts_as:
            self._waiting.of_address[self._counts_as] -= 1
            if not self._waiting.of_address[self._counts_as]:
                del self._waiting.of_address[self._counts_as]
            self._counts_as = ""


class Refusal:
    """The application of a connection that gets one answer, whatever it asks."""

    def __init__(self, status: int) -> None:
        self.status = status

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        head, body = answer_of(self.status)
        await send({"type": "http.response.start", "status": self.status, "headers": head})
        await send({"type": "http.response.body", "body": body})


def answer_of(status: int) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The headers and the body of a refusal."""
    body = SENTENCES[status].encode()
    head = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    return head + ([(b"retry-after", b"10")] if status == 429 else []), body
