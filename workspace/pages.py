"""Django's handler of requests, with threads that are kept, and queues before them."""

import asyncio
from collections.abc import AsyncIterator
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
PASSWORDS = ("/login", "/setup", "/join/", "/settings/password")
PASSWORDS_AT_ONCE = 2  # each takes 100 MB and a core for 50 ms
PROBES = ("/healthz", "/readyz")
BUSY = "Loggia is busy just now. Try again in a moment."

Message = dict[str, Any]


class Threads:
    """So many threads, each for one request at a time. Who finds none waits, first come, first served."""

    def __init__(self, count: int) -> None:
        # The one that worked last is the next: its connection to the database is open, its caches are warm.
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for _ in range(count):
            self._free.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix="page"))

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """All synchronous code inside runs in one of the threads. Raises `TimeoutError` when none comes free."""
        async with asyncio.timeout(PATIENCE):
            thread = await self._free.get()
        try:
            async with ThreadSensitiveContext(executor=thread):
                yield
        finally:
            self._free.put_nowait(thread)


class Pages(ASGIHandler):
    """Works at `AT_ONCE` requests; the others wait.

    asgiref starts two threads for each request, and the event loop waits until they run: a crowd of 200 at the door made
    everybody's socket wait for a second. A form with a password waits in a queue of its own, so that a crowd there keeps
    nobody waiting who is inside, and a probe never waits for people. Everybody waits with the body read: a slow sender
    holds no place.
    """

    def __init__(self) -> None:
        super().__init__()
        self._people, self._probes = Threads(AT_ONCE), Threads(1)
        self._passwords = asyncio.Semaphore(PASSWORDS_AT_ONCE)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request."""
        messages = [message async for message in _body(receive)]
        if messages[-1]["type"] == "http.disconnect":
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        async with AsyncExitStack() as stack:
            if scope["method"] == "POST" and scope["path"].startswith(PASSWORDS):
                await stack.enter_async_context(self._passwords)
            threads = self._probes if scope["path"] in PROBES else self._people
            try:
                await stack.enter_async_context(threads.one())
            except TimeoutError:
                await refuse(scope, send, 503, "unavailable", BUSY, (b"retry-after", b"2"))
            else:
                await self.handle(scope, replay, send)


async def _body(receive: Any) -> AsyncIterator[Message]:
    while True:
        message = await receive()
        yield message
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return


def pages() -> Pages:
    """The application, once Django is set up."""
    django.setup(set_prefix=False)
    return Pages()
