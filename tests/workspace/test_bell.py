"""A layer that is asked for its messages and says nothing: the process connects anew, and hears again."""

import asyncio

import pytest

from workspace import bell as bells
from workspace.bell import Bell


class Layer:
    """A channel layer whose connections can die without a word."""

    def __init__(self):
        self.groups = {}
        self.flushed = 0
        self.is_dead = self.is_stuck = False
        self.queue = asyncio.Queue()

    async def new_channel(self, prefix):
        await self._answer()
        return f"{prefix}{self.flushed}"

    async def receive(self, channel):
        return await self.queue.get()

    async def group_add(self, group, channel):
        await self._answer()
        self.groups[group] = channel

    async def group_discard(self, group, channel):
        self.groups.pop(group, None)

    async def group_send(self, group, message):
        if group in self.groups and not self.is_dead:
            self.queue.put_nowait(message)

    async def flush(self):
        self.flushed += 1
        self.groups, self.queue, self.is_dead = {}, asyncio.Queue(), False

    async def _answer(self):
        if self.is_stuck:
            await asyncio.sleep(60)


@pytest.fixture
async def layer(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(bells, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(bells.ringing, "get_channel_layer", lambda: layer)
    for name, seconds in {"KEEP_EVERY": 0.01, "KNOCK_EVERY": 0.02, "DEAF_AFTER": 0.2}.items():
        monkeypatch.setattr(bells, name, seconds)
    monkeypatch.setattr(bells.ringing, "LATE", 0.05)
    return layer


@pytest.fixture
async def bell(layer):
    heard = []
    bell = Bell(heard.append)
    bell.heard = heard
    await bell.open()
    yield bell
    for task in bell._tasks:
        task.cancel()


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_what_comes_is_handed_on_and_its_own_knocking_is_not(layer, bell):
    await bell.add("project.1")
    await asyncio.sleep(0.1)
    await layer.group_send("project.1", {"type": "frames"})
    await until(lambda: bell.heard)
    assert bell.heard == [{"type": "frames"}]


async def test_a_bell_that_nobody_rings_is_left_alone(layer, bell):
    await asyncio.sleep(0.5)
    assert layer.flushed == 0, "it heard itself"


async def test_a_connection_that_brings_nothing_is_given_up_for_a_new_one(layer, bell):
    await bell.add("project.1")
    layer.is_dead = True
    await until(lambda: "project.1" in layer.groups and layer.flushed)
    await layer.group_send("project.1", {"type": "frames"})
    await until(lambda: bell.heard)
    await asyncio.sleep(0.3)
    assert layer.flushed == 1, "once is enough"


async def test_a_layer_that_does_not_answer_costs_one_wait_and_not_one_for_each_project(layer, bell):
    layer.is_stuck = True
    began = asyncio.get_running_loop().time()
    for number in range(40):
        await bell.add(f"project.{number}")
    await bell.renew()
    assert asyncio.get_running_loop().time() - began < 1
    layer.is_stuck = False
    await until(lambda: len(layer.groups) >= 40)


async def test_what_is_left_is_not_subscribed_to_again(layer, bell):
    await bell.add("project.1")
    await bell.discard(["project.1"])
    layer.is_dead = True
    await until(lambda: layer.flushed and layer.groups)
    assert "project.1" not in layer.groups
