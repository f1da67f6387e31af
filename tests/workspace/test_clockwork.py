"""What is due is done, sooner or later, and nothing that fails ends the looking."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from workspace import clockwork


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> list:
    """What there is to do in this test; it runs in the loop, and looks twenty times a second."""
    found: list = []
    monkeypatch.setattr(clockwork, "_works", found)
    monkeypatch.setattr(clockwork, "LOOK_EVERY", 0.05)

    def at_once(work):
        async def call():
            return work()

        return call

    monkeypatch.setattr(clockwork, "in_database", at_once)
    return found


async def running(*, until: asyncio.Event) -> None:
    clockwork.start()
    try:
        async with asyncio.timeout(10):
            await until.wait()
    finally:
        clockwork.stop()


async def test_it_looks_again_and_again_also_after_a_fault(works, caplog) -> None:
    looks, done = [], asyncio.Event()

    def work() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("the database is away")
        if len(looks) == 3:
            done.set()

    works.append(work)
    await running(until=done)
    assert "What is due could not be done: the database is away" in caplog.text


async def test_it_wakes_at_the_next_moment(works, monkeypatch) -> None:
    monkeypatch.setattr(clockwork, "LOOK_EVERY", 0.6)
    moment, done, late = timezone.now() + timedelta(seconds=0.5), asyncio.Event(), []

    def work():
        if timezone.now() < moment:
            return moment
        late.append((timezone.now() - moment).total_seconds())
        done.set()
        return None

    works.append(work)
    await running(until=done)
    assert late[0] < 0.3, "sooner than the next look"


async def test_to_start_twice_is_to_start_once(works) -> None:
    clockwork.start()
    first = list(clockwork._running[asyncio.get_running_loop()])
    works.append(lambda: None)
    clockwork.start()
    assert clockwork._running[asyncio.get_running_loop()] == first
    clockwork.stop()
    clockwork.stop()


async def test_stopped_it_does_nothing_any_more(works) -> None:
    works.append(lambda: None)
    clockwork.start()
    (task,) = clockwork._running[asyncio.get_running_loop()]
    assert not task.done()
    clockwork.stop()
    await asyncio.wait([task])
    assert task.cancelled()
