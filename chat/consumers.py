"""The socket of a project: a router from frames to the functions that do the work. No rules live here."""

import asyncio
import time
from typing import Any, ClassVar
from urllib.parse import parse_qs

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from accounts.tongues import heard_in
from chat import faults, frames, session
from chat.desk import desk
from chat.frames import BadFrame
from workspace import doors, metrics, request_ids, ringing
from workspace.changes import Gone
from workspace.errors import UNAVAILABLE, TooFast
from workspace.hub import hub
from workspace.models import Membership
from workspace.pace import SENDING, Bucket
from workspace.room import Room
from workspace.sockets import Socket, unwelcome
from workspace.threads import in_database

BAD_FRAMES = 20  # so many in a row close the socket
TYPING_EVERY = 3.0  # seconds
# A client that is closed while it sends its first frame sees a broken connection, not the code: let it speak first.
REFUSE_AFTER = 2.0  # seconds


class ProjectConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One connection of one person to one project; `docs/protocol.md` says which frames there are."""

    channel_layer_alias = None  # the hub listens for all sockets: this one needs no channel of its own
    routes: ClassVar[dict[str, str]] = {
        "hello": "hello", "say": "say", "preview": "preview", "typing": "typing", "read": "mark_read", "ping": "ping",
    }  # fmt: skip

    socket: Socket | None = None
    refusal = 0
    patience: asyncio.TimerHandle | None = None
    place: doors.Place = ()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        try:
            return await super().__call__(scope, receive, send)
        finally:  # `disconnect` is not called by every server in every case
            if self.socket:
                self.socket.is_ended = True
                hub().forget(self.socket)
            if self.patience:
                self.patience.cancel()
            doors.leave(self.place)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As channels does, less a hop into a thread for every message."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        self.project_id = int(self.scope["url_route"]["kwargs"]["project_id"])
        self.greetings, self.bad, self.typed_at = Bucket(rate=1, burst=5), 0, 0.0
        try:
            open_for = in_database(session.open_for)
            self.place, login, member = await doors.enter(self.scope, open_for, self.project_id)
        except TooFast as error:
            await doors.refuse(self.scope, self.base_send, error)
            raise StopConsumer from error
        except UNAVAILABLE as error:
            login, member, self.refusal = None, None, faults.away(error)
        await self.accept(headers=request_ids.headers())
        self.heard = heard_in(dict(self.scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
        self.scope["headers"].clear()  # a kilobyte or two, which nobody reads again
        if login is None or member is None:
            self.refusal = self.refusal or (4401 if login is None else 4403)
            self.patience = asyncio.get_running_loop().call_later(REFUSE_AFTER, self.refuse)
        else:
            as_data = "data" in parse_qs(self.scope["query_string"].decode("latin-1")).get("as", [])
            self.member: Membership = member
            self.socket = Socket(self.base_send, login, self.project_id, as_data=as_data)
            await hub().meet(self.socket)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # noqa: ARG002
        if self.socket is None:
            self.refuse()
            return
        if self.socket.is_ended:
            return
        frame: dict[str, Any] = {}
        self.socket.is_answering = True
        try:
            SENDING.spend(self.member.user_id)
            frame = frames.read(text_data)
            if frame["type"] not in self.routes:
                raise BadFrame(f"There is no frame of type {frame['type'][:40]!r}.")
            await getattr(self, self.routes[frame["type"]])(frame)
            self.bad = 0
        except BadFrame as error:
            self.note_bad(error)
        except TooFast as error:
            self.error(error.code, error.message, frames.nonce_in(text_data), retry_after=error.retry_after)
            # Its client would not know that nothing comes.
            if self.socket.is_deaf and frames.is_greeting(text_data):
                self.socket.end(faults.TRY_LATER)
        except Gone:
            await self.part()
        except Exception as error:
            self.error(*faults.told(frame, error), frame.get("nonce"))
        finally:
            self.socket.is_answering = False

    def refuse(self) -> None:
        """Close a connection that may not be here: it has spoken, or was given the time to."""
        faults.refuse(self.base_send, self.project_id, self.refusal)

    async def part(self) -> None:
        """Close the connection of somebody who may not be here any more: for want of a login, or of a membership."""
        ended = await in_database(unwelcome)([self.own_socket])
        self.own_socket.end(next((code for _, code in ended), 4403))

    async def hello(self, frame: dict[str, Any]) -> None:
        after = frames.number(frame, "after", optional=True)
        if wait := self.greetings.take():  # each may read and render hundreds of events
            raise TooFast("That was fast", wait)
        socket = self.own_socket
        socket.pause()
        try:
            await hub().join(socket)
            start = await in_database(session.start)(self.member.pk, after, socket.as_data)
        except Exception as error:  # left open it would be deaf, and its client would not know
            hub().leave(socket)
            self.error(*faults.told(frame, error))
            socket.end(faults.TRY_LATER)
            return
        if start is None:
            await self.part()
            return
        if start.is_too_far:
            hub().leave(socket)
            self.reply({"type": "reload"})
            return
        for text in start.texts:
            socket.send(text)
        self.reply({"type": "ready", "seq": start.seq, "you": start.you})
        socket.send(self.room.presence())
        socket.live(start.seq)

    async def say(self, frame: dict[str, Any]) -> None:
        self.reply(
            await desk(self.project_id).say(
                self.member, frames.say(frame, self.heard), self.own_socket.as_data
            )
        )

    async def preview(self, frame: dict[str, Any]) -> None:
        number, text = frames.number(frame, "id"), frames.words(frame)
        task = frames.number(frame, "task", optional=True)
        result = await in_database(session.preview)(self.member, text, task, self.heard)
        self.reply({"type": "preview", "id": number, "result": result})

    async def typing(self, _: dict[str, Any]) -> None:
        if time.monotonic() - self.typed_at < TYPING_EVERY:
            return
        self.typed_at = time.monotonic()
        user = self.member.user
        text = {"type": "typing", "user": {"id": user.pk, "handle": user.handle, "name": user.name}}
        message = {"type": "typing", "project": self.project_id, "user": user.pk, "text": frames.encode(text)}
        ringing.send_soon(ringing.group_of(self.project_id), message)

    async def mark_read(self, frame: dict[str, Any]) -> None:
        await in_database(session.mark_read)(self.member.pk, frames.number(frame, "seq") or 0)

    async def ping(self, frame: dict[str, Any]) -> None:
        self.reply({"type": "pong", "id": frames.number(frame, "id")})

    def reply(self, frame: dict[str, Any]) -> None:
        """Send a frame to this connection alone."""
        self.own_socket.send(frames.encode(frame))

    def error(self, code: str, message: str, nonce: Any = None, **more: Any) -> None:
        """Say what is wrong with the last frame, whose nonce goes back with it. The socket stays open."""
        metrics.refused(code)
        frame = {"type": "error", "code": code, "message": message} | more
        self.reply(frame | {"nonce": nonce} if isinstance(nonce, str) else frame)

    def note_bad(self, error: BadFrame) -> None:
        """Answer a bad frame; the twentieth in a row closes the socket."""
        self.error(error.code, str(error))
        self.bad += 1
        if self.bad >= BAD_FRAMES:
            self.own_socket.end(4400)

    @property
    def own_socket(self) -> Socket:
        assert self.socket is not None  # `receive` has looked
        return self.socket

    @property
    def room(self) -> Room:
        return hub().rooms[self.project_id]
