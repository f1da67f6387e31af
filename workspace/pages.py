"""Django's handler of requests, with threads that are kept, and queues before them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import django
from asgiref.sync import ThreadSensitiveContext
from django.core.handlers.asgi import ASGIHandler

from workspace.bodies import refuse

# In each process: somewhat more than PostgreSQL's pool has connections, so that who gets none of them is told so.
AT_ONCE = 16
PATIENCE = 5.0  # seconds in the queue: a project that is locked keeps nobody in it for longer
BUSY = "Loggia is busy just now. Try again in a moment."

PROBES = ("/healthz", "/readyz")
MAILS = ("/login/reset", "/login/verify")  # a mail server may take its time
PASSWORDS = ("/login", "/setup", "/join/", "/settings/password")
PASSWORDS_AT_ONCE = 2  # each takes 100 MB and a core for 50 ms

Scope = dict[str, Any]
Message = dict[str, Any]


class Threads:
    """So many threads, each for one request at a time. Who finds none waits, first come, first served."""

    def __init__(self, count: int) -> None:
        self._places = asyncio.Semaphore(count)
        # The one that worked last is the next: its connection to the database is open, its caches are warm.
        self._free = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="page") for _ in range(count)]

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """All synchronous code inside runs in one of the threads. Raises `TimeoutError` when none comes free."""
        async with asyncio.timeout(PATIENCE):
            await self._places.acquire()
        thread = self._free.pop()
        try:
            async with ThreadSensitiveContext(executor=thread):
                yield
        finally:
            self._free.append(thread)
            self._places.release()


class Pages(ASGIHandler):
    """Works at `AT_ONCE` requests; the others wait.

    asgiref starts two threads for each request, and the event loop waits until they run: a crowd of 200 at the door made
    everybody's socket wait for a second. A form with a password waits in a queue of its own, so that a crowd there keeps
    nobody waiting who is inside, and a probe never waits for people. Who sends slowly waits before them all, and who reads
    slowly after them: neither holds a thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._people = Threads(AT_ONCE)
        self._probes = {path: Threads(1) for path in PROBES}
        self._passwords, self._mails = asyncio.Semaphore(PASSWORDS_AT_ONCE), asyncio.Semaphore(1)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer one request."""
        request: Message | None = await _whole(receive)
        if request is None:
            return

        async def replay() -> Message:
            nonlocal request
            message, request = request, None
            return message or await receive()

        answer: list[Mapping[str, Any]] = []

        async def keep(message: Mapping[str, Any]) -> None:
            answer.append(message)

        try:
            async with self._turn(scope):
                await self.handle(scope, replay, keep)
        except TimeoutError:
            if answer:
                raise
            await refuse(scope, keep, 503, "unavailable", BUSY, (b"retry-after", b"2"))
        for message in answer:
            await send(message)

    @asynccontextmanager
    async def _turn(self, scope: Scope) -> AsyncIterator[None]:
        path = scope["path"]
        async with AsyncExitStack() as stack:
            if scope["method"] == "POST" and path.startswith(PASSWORDS):
                await stack.enter_async_context(self._mails if path in MAILS else self._passwords)
            await stack.enter_async_context(self._probes.get(path, self._people).one())
            yield


async def _whole(receive: Any) -> Message | None:
    """The request as one message; None when whoever sent it has gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return {"type": "http.request", "body": bytes(body)}


def pages() -> Pages:
    """The application, once Django is set up."""
    django.setup(set_prefix=False)
    return Pages()
