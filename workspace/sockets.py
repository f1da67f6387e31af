"""A socket as the hub sees it: who opened it, what it has been sent, and what still waits to be sent."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import ApiToken, User
from workspace import metrics, wire
from workspace.eager import start
from workspace.live import Frame
from workspace.models import Membership
from workspace.wire import Batch

log = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]

STUCK = 5.0  # seconds for a reader to take what was sent before its end
QUEUE = 600  # frames that may wait for a slow reader, a whole catch-up among them; one more closes its socket


@dataclass(frozen=True, slots=True)
class Login:
    """What opened a socket: a session (its key, and the hash of the password that it was opened with) or an API token
    (its id).
    """

    user_id: int
    session: str | None = None
    token: int | None = None
    password: str = ""


class Socket:
    """The sending side of one connection to one project.

    Until `live` is called, frames wait: what the log has comes first. Each `seq` is sent once.
    """

    def __init__(self, send: Send, login: Login, project_id: int, *, as_data: bool) -> None:
        self.login, self.user_id, self.project_id, self.as_data = login, login.user_id, project_id, as_data
        self.seq = 0
        self.is_ended = False
        self.is_answering = False
        self._send = send
        self._write = wire.writer(send)
        self._transport = wire.transport(send)
        self._stuck_since = 0.0
        self._is_live = False
        self._early: list[Frame] = []
        self._queue: list[dict[str, Any]] = []  # mostly empty: an empty deque takes ten times the memory
        self._writer: asyncio.Future[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being made, or waits to be sent."""
        return self.is_answering or self._writer is not None

    @property
    def is_deaf(self) -> bool:
        """Whether events wait for it to have caught up."""
        return not self._is_live

    def push(self, batch: Batch) -> None:
        """Events: sent now, or kept until the socket has caught up."""
        if not self._is_live:
            self._early += batch.frames
        elif batch.first == self.seq + 1 and self._is_written(batch.data if self.as_data else batch.html):
            self.seq = batch.last
        else:
            self._push(batch.frames)

    def _is_written(self, data: bytes) -> bool:
        return self._write is not None and not self._writer and not self.is_ended and self._write(data)

    def _push(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            if frame.seq > self.seq:
                self.seq = frame.seq
                self.send(frame.data if self.as_data else frame.html)

    def live(self, seq: int) -> None:
        """The socket has been sent everything up to `seq`: go on from there."""
        self.seq, self._is_live = seq, True
        early, self._early = self._early, []
        self._push(early)

    def pause(self) -> None:
        """Keep what comes until the next `live`."""
        self._is_live = False
        self._early = []

    def send(self, text: str) -> None:
        """Send a text frame, at once when the connection takes it, else after those that wait."""
        if not self._is_written(wire.encode(text)):
            self._put({"type": "websocket.send", "text": text})

    def end(self, code: int) -> None:
        """Close the connection. What waits is dropped, and nothing is sent afterwards."""
        if not self.is_ended:
            self._queue.clear()
            self._put({"type": "websocket.close", "code": code})
            self.is_ended = True

    def cut_if_stuck(self) -> None:
        """Cut a connection that should have been closed: a server that closes one waits until its reader has read."""
        is_closing = self._transport is not None and self._transport.is_closing()
        if not is_closing and not (self.is_ended and self._writer):
            return
        self._stuck_since = self._stuck_since or time.monotonic()
        if self._transport is not None and time.monotonic() - self._stuck_since > STUCK:
            self._transport.abort()

    def opened_by(self, causes: dict[str, Any]) -> bool:
        """Whether this socket stands on the user, session or token that is named in `causes`."""
        login = self.login
        named = (
            (causes["user"], login.user_id),
            (causes["session"], login.session),
            (causes["token"], login.token),
        )
        return any(cause is not None and cause == mine for cause, mine in named)

    def _put(self, message: dict[str, Any]) -> None:
        if self.is_ended:
            return
        if self._writer is None:
            self._writer = start(self._send(message))
            if self._writer is not None:
                self._writer.add_done_callback(self._sent)
        elif len(self._queue) < QUEUE:
            self._queue.append(message)
        else:
            metrics.slow_readers.inc()
            self.end(4408)

    def _sent(self, done: "asyncio.Future[None]") -> None:
        self._writer = None
        if not done.cancelled() and (error := done.exception()):
            log.debug("A socket went away: %s", error)
            self._queue.clear()
        while self._queue and self._writer is None:
            self._writer = start(self._send(self._queue.pop(0)))
        if self._writer is not None:
            self._writer.add_done_callback(self._sent)


def unwelcome(sockets: Iterable[Socket]) -> list[tuple[Socket, int]]:
    """Those whose login or membership has ended, each with the code to close it with."""
    sockets = list(sockets)
    sessions = {socket.login.session for socket in sockets if socket.login.session}
    tokens = {socket.login.token for socket in sockets if socket.login.token}
    living = Session.objects.filter(pk__in=sessions, expire_date__gt=timezone.now())
    keys_alive = set(living.values_list("pk", flat=True))
    # Where a command changes a password, Django refuses the sessions that know the old one, and leaves their rows.
    users = {socket.user_id for socket in sockets}
    passwords = dict(User.objects.filter(pk__in=users, is_active=True).values_list("pk", "password"))
    sessions_alive = {
        socket.login.session
        for socket in sockets
        if socket.login.session in keys_alive
        and socket.user_id in passwords
        and constant_time_compare(socket.login.password, passwords[socket.user_id])
    }
    usable = ApiToken.objects.filter(pk__in=tokens, revoked_at=None, user__is_active=True)
    tokens_alive = set(usable.values_list("pk", flat=True))
    # Who was deactivated just now has no login; the look before this one may not have seen it, and the next one will.
    pairs = set(Membership.objects.filter(user__in=users).values_list("user_id", "project_id"))
    ended = []
    for socket in sockets:
        if socket.login.session not in sessions_alive and socket.login.token not in tokens_alive:
            ended.append((socket, 4401))
        elif (socket.user_id, socket.project_id) not in pairs:
            ended.append((socket, 4403))
    return ended
