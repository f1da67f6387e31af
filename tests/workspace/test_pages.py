"""The queues before Django's handler, with requests that are held until they may end."""

import asyncio
import threading

from asgiref.sync import sync_to_async

from workspace import pages
from workspace.pages import AT_ONCE, BUSY, PASSWORDS_AT_ONCE, Pages


class Held(Pages):
    """Begins to answer, notes where and in which thread, and ends when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.threads: set[int] = set()
        self.may_end = asyncio.Event()
        self.sent: list[dict] = []

    async def handle(self, scope, receive, send) -> None:
        self.begun.append(scope["path"])
        self.threads.add(await sync_to_async(threading.get_ident)())
        await self.may_end.wait()
        await send({"type": "http.response.start", "status": 200})

    def come(self, path: str, method: str = "GET", send=None, **message: bool) -> asyncio.Task[None]:
        """Somebody asks."""
        inbox: asyncio.Queue[dict] = asyncio.Queue()
        inbox.put_nowait({"type": "http.request", "body": b"", **message})
        scope = {"type": "http", "path": path, "method": method, "headers": []}
        return asyncio.create_task(self(scope, inbox.get, send or self.send))

    async def send(self, message: dict) -> None:
        self.sent.append(message)

    async def settle(self) -> None:
        """Wait until nobody begins any more."""
        before = -1
        while before != len(self.begun):
            before = len(self.begun)
            for _ in range(50):
                await asyncio.sleep(0)


async def test_who_comes_late_waits_for_the_first_and_uses_their_threads():
    held = Held()
    tasks = [held.come("/p/web") for _ in range(AT_ONCE + 3)]
    await held.settle()
    assert len(held.begun) == AT_ONCE
    held.may_end.set()
    await asyncio.gather(*tasks)
    assert len(held.begun) == AT_ONCE + 3
    assert len(held.threads) == AT_ONCE


async def test_a_crowd_with_passwords_leaves_room_for_everybody_else():
    held = Held()
    tasks = [held.come("/login", "POST") for _ in range(50)]
    await held.settle()
    assert held.begun == ["/login"] * PASSWORDS_AT_ONCE
    tasks += [held.come("/login"), held.come("/p/web", "POST")]
    await held.settle()
    assert held.begun[PASSWORDS_AT_ONCE:] == ["/login", "/p/web"]
    held.may_end.set()
    await asyncio.gather(*tasks)
    assert held.begun.count("/login") == 51


async def test_a_probe_is_answered_while_everybody_is_at_work():
    held = Held()
    tasks = [held.come("/p/web") for _ in range(AT_ONCE + 1)]
    await held.settle()
    tasks += [held.come("/readyz"), held.come("/readyz"), held.come("/healthz")]
    await held.settle()
    assert held.begun[AT_ONCE:] == ["/readyz", "/healthz"]
    held.may_end.set()
    await asyncio.gather(*tasks)


async def test_who_has_not_sent_the_whole_body_holds_no_place():
    held = Held()
    slow = [held.come("/login", "POST", more_body=True) for _ in range(AT_ONCE + 1)]
    await held.settle()
    assert held.begun == []
    other = held.come("/login", "POST")
    await held.settle()
    assert held.begun == ["/login"]
    held.may_end.set()
    await other
    for task in slow:
        task.cancel()


async def test_who_waited_and_gave_up_leaves_the_place_to_the_next():
    held = Held()
    tasks = [held.come("/p/web") for _ in range(AT_ONCE)]
    impatient, next_one = held.come("/p/impatient"), held.come("/p/next")
    await held.settle()
    impatient.cancel()
    held.may_end.set()
    await asyncio.gather(*tasks, next_one)
    assert "/p/impatient" not in held.begun
    assert "/p/next" in held.begun


async def test_who_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(pages, "PATIENCE", 0.05)
    held = Held()
    tasks = [held.come("/p/web") for _ in range(AT_ONCE)]
    await held.settle()
    await held.come("/p/late")
    await held.come("/api/v1/late")
    assert [message["status"] for message in held.sent[::2]] == [503, 503]
    assert held.sent[1]["body"] == BUSY.encode()
    assert b'"code":"unavailable"' in held.sent[3]["body"]
    held.may_end.set()
    await asyncio.gather(*tasks, held.come("/p/after"))
    assert held.begun[-1] == "/p/after"


async def test_who_has_waited_longest_is_next():
    held = Held()
    tasks = [held.come("/p/web") for _ in range(AT_ONCE)]
    tasks += [held.come(f"/p/{number}") for number in range(5)]
    await held.settle()
    held.may_end.set()
    await tasks[0]
    tasks += [held.come("/p/newcomer")]
    await asyncio.gather(*tasks)
    assert held.begun[AT_ONCE:] == [*(f"/p/{number}" for number in range(5)), "/p/newcomer"]


async def test_who_reads_slowly_holds_no_thread():
    held = Held()
    held.may_end.set()
    reads = asyncio.Event()

    async def slowly(_message: dict) -> None:
        await reads.wait()

    slow = [held.come("/p/slow", send=slowly) for _ in range(AT_ONCE)]
    await held.come("/p/web")
    assert held.sent[0]["status"] == 200
    assert not any(task.done() for task in slow)
    reads.set()
    await asyncio.gather(*slow)


async def test_a_mail_that_takes_its_time_keeps_nobody_from_signing_in():
    held = Held()
    tasks = [held.come("/login/reset", "POST") for _ in range(5)]
    tasks.append(held.come("/login", "POST"))
    await held.settle()
    assert held.begun == ["/login/reset", "/login"]
    held.may_end.set()
    await asyncio.gather(*tasks)


async def test_a_body_that_comes_in_pieces_is_read_as_one():
    heard = []

    class Heard(Pages):
        async def handle(self, scope, receive, send) -> None:
            heard.append(await receive())

    pieces = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.request", "body": b"b"},
    ]

    async def receive() -> dict:
        return pieces.pop(0)

    await Heard()({"type": "http", "path": "/", "method": "POST", "headers": []}, receive, None)
    assert heard == [{"type": "http.request", "body": b"ab"}]
