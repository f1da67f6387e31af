"""The hub: one subscription per process and project, and what comes in is handed to the process's own sockets.

A group member per socket, as in the tutorials, costs 115 µs for each socket and message; this costs about 10.
"""

import asyncio
import logging
import time
import weakref
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from workspace import clockwork, metrics
from workspace.bell import Bell
from workspace.models import Project
from workspace.ringing import group_of
from workspace.room import Room
from workspace.sockets import Socket, unwelcome
from workspace.threads import in_database

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds between two comparisons with the database
PRESENCE_EVERY = 10.0  # seconds between two reports of who is here


class Hub:
    """The rooms of one process (one event loop)."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        self.rooms: dict[int, Room] = {}
        self._met: set[Socket] = set()
        self._bell = Bell(self._receive)
        self._lock = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None

    async def meet(self, socket: Socket) -> None:
        """From now on the socket ends when its login or its membership does, whether or not it ever says hello."""
        self._met.add(socket)
        metrics.sockets.inc()
        async with self._lock:
            await self._start()

    async def join(self, socket: Socket) -> None:
        """From now on the socket gets, in order, each frame of its project. Subscribe first, read the log afterwards."""
        async with self._lock:
            await self._start()
            room = self.rooms.setdefault(socket.project_id, Room(socket.project_id))
            if room.seq is None:  # new, or the database did not answer when it was
                await self._open(room)
            room.sockets.add(socket)
        room.note_presence(self.name)

    def leave(self, socket: Socket) -> None:
        """The socket gets nothing any more. May be called twice, and for a socket that never joined."""
        room = self.rooms.get(socket.project_id)
        if room is None or socket not in room.sockets:
            return
        room.sockets.discard(socket)
        socket.pause()
        room.note_presence(self.name)

    def forget(self, socket: Socket) -> None:
        """The connection is no more."""
        if socket in self._met:
            self._met.discard(socket)
            metrics.sockets.dec()
        self.leave(socket)

    async def _start(self) -> None:
        if self._looking is None:
            await self._bell.open()
            self._looking = asyncio.create_task(self._look())
            clockwork.start()  # where the server is another than `serve`'s own

    async def _open(self, room: Room) -> None:
        await self._bell.add(group_of(room.project_id))
        seqs = await in_database(_last_seqs)([room.project_id])
        room.start(seqs.get(room.project_id, 0))

    def _receive(self, message: dict[str, Any]) -> None:
        if message["type"] == "revoke":
            self._revoke(message)
        elif room := self.rooms.get(message["project"]):
            room.receive(message)

    def _revoke(self, causes: dict[str, Any]) -> None:
        for socket in self.sockets():
            if socket.opened_by(causes):
                socket.end(4401)

    def sockets(self) -> list[Socket]:
        """All of this process, those among them that have not said hello yet."""
        return list(self._met)

    async def _look(self) -> None:
        """Compare with the database now and then, so that a channel layer that fails costs a delay and nothing else."""
        reported = 0.0
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for socket in self.sockets():
                socket.cut_if_stuck()
            try:
                await self._compare()
                await self._close_unwelcome()
                if time.monotonic() - reported > PRESENCE_EVERY:
                    reported = time.monotonic()
                    await self._keep_up()
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.warning("The hub could not look into the database: %s", error)

    async def _compare(self) -> None:
        seqs = await in_database(_last_seqs)(list(self.rooms))
        for project_id, seq in seqs.items():
            self.rooms[project_id].heard_of(seq)

    async def _close_unwelcome(self) -> None:
        if sockets := [socket for socket in self._met if not socket.is_ended]:
            for socket, code in await in_database(unwelcome)(sockets):
                socket.end(code)

    async def _keep_up(self) -> None:
        """Renew the subscriptions, drop the rooms that nobody is in, and say who is here."""
        async with self._lock:
            empty = [project_id for project_id, room in self.rooms.items() if not room.sockets]
            for project_id in empty:
                del self.rooms[project_id]
            await self._bell.discard([group_of(project_id) for project_id in empty])
        await self._bell.renew()
        for room in self.rooms.values():
            room.note_presence(self.name)


_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def _last_seqs(project_ids: Iterable[int]) -> dict[int, int]:
    rows = Project.objects.filter(pk__in=project_ids).values_list("pk", "last_seq")
    return dict(rows)
