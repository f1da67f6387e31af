"""Rings: sends a message to a group of the channel layer, and to whoever listens to it in each process.

The layer may lose it, or stand still: nobody waits for it longer than `LATE`, and the log of the project heals the loss.
"""

import asyncio
import logging
from collections import deque
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

Message = dict[str, Any]


def group_of(project_id: int) -> str:
    """The channel-layer group of a project."""
    return f"project.{project_id}"


EVERYBODY = "everybody"  # the group that all processes listen to


# Seconds that the channel layer has for a call: one that stands still, and does not fail, must hold nobody up.
LATE = 1.0

_bells: list[asyncio.AbstractEventLoop] = []  # the loop of this process's hub, once it has one


def ring_on(loop: asyncio.AbstractEventLoop) -> None:
    """From now on the bell is rung on this loop, without waiting for it."""
    _bells[:] = [loop]


def ring(group: str, message: Message) -> None:
    """Send `message` to `group` from synchronous code; a channel layer that fails is logged."""
    if _bells and _bells[0].is_running():
        _rung.append((group, message))
        _bells[0].call_soon_threadsafe(_ring_out)
    else:
        async_to_sync(send)(group, message)


_rung: deque[tuple[str, Message]] = deque()
_ringing: list[asyncio.Task[None]] = []


def _ring_out() -> None:
    """Send what has been rung. While that takes its time, what is rung waits, and then goes together."""
    if not any(task.get_loop() is asyncio.get_running_loop() and not task.done() for task in _ringing):
        _ringing[:] = [asyncio.ensure_future(_send_all())]


async def _send_all() -> None:
    while _rung:
        await asyncio.gather(*(send(group, message) for group, message in _collected()))


def _collected() -> list[tuple[str, Message]]:
    """What has been rung since the last time; frames of one project that follow each other are one message."""
    rung: list[tuple[str, Message]] = []
    while _rung:
        group, message = _rung.popleft()
        if rung and rung[-1][0] == group and rung[-1][1]["type"] == message["type"] == "frames":
            first = rung[-1][1]  # it has waited longest
            together = {"frames": first["frames"] + message["frames"], "at": first.get("at")}
            rung[-1] = group, message | together
        else:
            rung.append((group, message))
    return rung


async def send(group: str, message: Message) -> None:
    """Send `message` to `group`; a channel layer that fails is logged, the log of the project heals what is lost."""
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(LATE):
            await layer.group_send(group, message)
    except Exception as error:
        log.warning("The channel layer lost a message for %s: %r", group, error)


_sending: set[asyncio.Task[None]] = set()  # the loop itself holds its tasks weakly


def send_soon(group: str, message: Message) -> None:
    """`send` from the event loop, without waiting for it."""
    task = asyncio.ensure_future(send(group, message))
    _sending.add(task)
    task.add_done_callback(_sending.discard)
