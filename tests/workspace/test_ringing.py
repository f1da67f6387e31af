"""What is rung while the channel layer takes its time."""

import asyncio

import pytest

from workspace import ringing


class Layer:
    """A channel layer that takes one message at a time, and as long as it likes."""

    def __init__(self):
        self.sent = []
        self.is_free = asyncio.Event()

    async def group_send(self, group, message):
        self.sent.append((group, message))
        await self.is_free.wait()


def frames(*seqs):
    return {"type": "frames", "frames": [[seq] for seq in seqs], "seq": seqs[-1]}


@pytest.fixture
async def layer(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(ringing, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(ringing, "_bells", [asyncio.get_running_loop()])
    return layer


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0)


async def test_what_is_rung_meanwhile_goes_together_and_in_order(layer):
    ringing.ring("project.1", frames(1))
    await until(lambda: layer.sent)
    for group, seq in [("project.1", 2), ("project.1", 3), ("project.2", 7), ("project.1", 4)]:
        ringing.ring(group, frames(seq))
        await asyncio.sleep(0)
    assert layer.sent == [("project.1", frames(1))], "the first is still on its way"
    layer.is_free.set()
    await until(lambda: len(layer.sent) == 4)
    assert [(group, message["frames"], message["seq"]) for group, message in layer.sent[1:]] == [
        ("project.1", [[2], [3]], 3),
        ("project.2", [[7]], 7),
        ("project.1", [[4]], 4),
    ]


async def test_a_layer_that_stands_still_gets_one_message_for_each_wait_and_not_one_for_each_word(
    layer, monkeypatch, caplog
):
    monkeypatch.setattr(ringing, "LATE", 0.05)
    for seq in range(1, 101):
        ringing.ring("project.1", frames(seq))
        await asyncio.sleep(0.001)
    await until(lambda: layer.sent[-1][1]["seq"] == 100)
    assert len(layer.sent) < 30
    assert len(caplog.records) < 30, "and as many lines are logged"


async def test_the_loop_of_another_day_holds_nothing_up(layer, monkeypatch):
    other = asyncio.new_event_loop()
    stuck = other.create_future()
    monkeypatch.setattr(ringing, "_ringing", [stuck])
    ringing.ring("project.1", frames(1))
    await until(lambda: layer.sent)
    other.close()
