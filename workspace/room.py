"""One project's sockets in one process: frames in `seq` order, gaps filled from the log, who is here."""

import asyncio
import logging
import time
from collections.abc import Iterable
from typing import Any

import orjson

from workspace import live, metrics, ringing
from workspace.live import Frame
from workspace.sockets import Socket
from workspace.threads import in_database
from workspace.wire import Batch

log = logging.getLogger(__name__)

BATCH = 200  # events read at once to fill a gap
# Seconds: frames that two processes send cross on their way, and what was committed a moment ago is still coming.
UNDER_WAY = 0.1
PRESENCE_AFTER = 0.5  # seconds: many people who come at once are told in one frame
PRESENCE_LASTS = 25.0  # seconds for which a process's report of who is here counts


class Room:
    """Delivers to `sockets` each frame with `seq` above the room's own, without gaps and in order."""

    def __init__(self, project_id: int) -> None:
        self.project_id = project_id
        self.sockets: set[Socket] = set()
        self.seq: int | None = None  # None until `start`: frames wait
        self._heard_of = 0
        self._waiting: dict[int, Frame] = {}
        self._filling: asyncio.Task[None] | None = None
        self._here: dict[str, tuple[float, list[int]]] = {}
        self._presence: asyncio.TimerHandle | None = None
        self._online: list[int] = []

    def start(self, seq: int) -> None:
        """The project's last event is `seq`; deliver what comes after it."""
        self.seq = seq
        self._waiting = {number: frame for number, frame in self._waiting.items() if number > seq}
        self._deliver()

    def receive(self, message: dict[str, Any]) -> None:
        """A message of the project's group: frames, typing or presence."""
        if message["type"] == "frames":
            self._take(Frame(*frame) for frame in message["frames"])
            metrics.handed_out(message)
            self.heard_of(message["seq"])
        elif message["type"] == "typing":
            self._say(message["text"], but=message["user"])
        elif message["type"] == "presence":
            self._here[message["process"]] = (time.monotonic(), message["users"])
            self._show_presence()

    def heard_of(self, seq: int) -> None:
        """The log goes up to `seq`: read what does not come soon."""
        self._heard_of = max(self._heard_of, seq)
        if self.seq is not None and seq > self.seq and self._filling is None:
            self._filling = asyncio.create_task(self._fill())

    def presence(self) -> str:
        """The frame that says who is here."""
        return orjson.dumps({"type": "presence", "online": self._online}).decode()

    def note_presence(self, process: str) -> None:
        """Somebody of this process came or left: tell the project soon."""
        if self._presence is None:
            loop = asyncio.get_running_loop()
            self._presence = loop.call_later(PRESENCE_AFTER, self._report, process)

    def _take(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            if self.seq is None or frame.seq > self.seq:
                self._waiting[frame.seq] = frame
        self._deliver()

    def _deliver(self) -> None:
        ready: list[Frame] = []
        while self.seq is not None and (frame := self._waiting.pop(self.seq + 1, None)):
            self.seq = frame.seq
            if frame.evicts is not None:
                self._hand_out(ready)
                self._evict(frame.evicts)
                ready = []
            ready.append(frame)
        self._hand_out(ready)

    def _hand_out(self, frames: list[Frame]) -> None:
        if frames:
            batch = Batch(frames)
            for socket in tuple(self.sockets):
                socket.push(batch)

    def _evict(self, user_id: int) -> None:
        for socket in tuple(self.sockets):
            if socket.user_id == user_id:
                socket.end(4403)

    async def _fill(self) -> None:
        try:
            await asyncio.sleep(UNDER_WAY)
            while self.seq is not None and self.seq < self._heard_of:
                found = await in_database(_frames_after)(self.project_id, self.seq)
                self._take(found)
                metrics.healed(len(found))
                if len(found) < BATCH:
                    break
        except Exception as error:
            log.warning("The log of project %s could not be read: %s", self.project_id, error)
        finally:
            self._filling = None

    def _report(self, process: str) -> None:
        self._presence = None
        users = sorted({socket.user_id for socket in self.sockets})
        message = {"type": "presence", "project": self.project_id, "process": process, "users": users}
        ringing.send_soon(ringing.group_of(self.project_id), message)

    def _show_presence(self) -> None:
        fresh = time.monotonic() - PRESENCE_LASTS
        self._here = {name: (at, users) for name, (at, users) in self._here.items() if at > fresh}
        online = sorted({user for _, users in self._here.values() for user in users})
        if online != self._online:
            self._online = online
            self._say(self.presence())

    def _say(self, text: str, but: int | None = None) -> None:
        for socket in tuple(self.sockets):
            if socket.user_id != but:
                socket.send(text)


def _frames_after(project_id: int, seq: int) -> list[Frame]:
    return live.frames(live.events_after(project_id, seq, BATCH))
