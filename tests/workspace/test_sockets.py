import asyncio

import pytest
from django.utils import timezone

from accounts.models import ApiToken
from workspace import sockets
from workspace.live import Frame
from workspace.models import Membership
from workspace.sockets import QUEUE, Login, Socket, unwelcome
from workspace.wire import Batch


class Wire:
    """The server's side of a connection: takes frames at once, or only when it is told to."""

    def __init__(self):
        self.took = []
        self.is_open = asyncio.Event()
        self.is_open.set()

    async def send(self, message):
        await self.is_open.wait()
        self.took.append(message.get("text") or message["code"])

    async def until(self, condition):
        while not condition():
            await asyncio.sleep(0)


@pytest.fixture
async def wire():
    return Wire()


@pytest.fixture
async def socket(wire):
    return Socket(wire.send, Login(7, session="key"), 1, as_data=True)


def frame(seq):
    return Batch([Frame(seq, f"html {seq}", f"data {seq}")])


async def test_a_free_connection_takes_a_frame_at_once_and_no_task_is_made(wire, socket):
    tasks = len(asyncio.all_tasks())
    socket.live(0)
    socket.push(frame(1))
    assert wire.took == ["data 1"]
    assert len(asyncio.all_tasks()) == tasks


async def test_a_page_gets_html(wire):
    page = Socket(wire.send, Login(7), 1, as_data=False)
    page.live(0)
    page.push(frame(1))
    assert wire.took == ["html 1"]


async def test_frames_wait_until_the_socket_has_caught_up_and_none_comes_twice(wire, socket):
    for seq in (3, 4, 5):
        socket.push(frame(seq))
    assert wire.took == []
    socket.live(4)
    socket.push(frame(5))
    socket.push(frame(6))
    assert wire.took == ["data 5", "data 6"]


async def test_a_slow_reader_gets_everything_in_order_once_it_reads(wire, socket):
    wire.is_open.clear()
    socket.live(0)
    for seq in range(1, 101):
        socket.push(frame(seq))
    assert wire.took == []
    wire.is_open.set()
    await wire.until(lambda: len(wire.took) == 100)
    assert wire.took == [f"data {seq}" for seq in range(1, 101)]


async def test_a_reader_that_stalls_is_closed_with_4408_and_what_waited_is_let_go(wire, socket):
    wire.is_open.clear()
    socket.live(0)
    for seq in range(1, QUEUE + 10):
        socket.push(frame(seq))
    assert socket.is_ended
    wire.is_open.set()
    await wire.until(lambda: 4408 in wire.took)
    assert wire.took == ["data 1", 4408]


async def test_a_connection_that_breaks_does_not_hurt_the_sender(socket):
    async def broken(message):
        raise OSError("gone")

    socket._send = broken
    socket.live(0)
    socket.push(frame(1))
    socket.push(frame(2))


async def test_a_connection_that_breaks_while_it_waits_lets_go_of_what_waited(wire, socket):
    failed = asyncio.Event()

    async def breaks_later(message):
        await failed.wait()
        raise OSError("gone")

    socket._send = breaks_later
    socket.live(0)
    socket.push(frame(1))
    socket.push(frame(2))
    failed.set()
    await wire.until(lambda: socket._writer is None)
    assert not socket._queue


async def test_nothing_is_sent_after_the_end(wire, socket):
    socket.live(0)
    socket.end(4403)
    socket.push(frame(1))
    socket.send("x")
    socket.end(4401)
    assert wire.took == [4403]


@pytest.mark.parametrize(
    ("causes", "is_meant"),
    [
        ({"user": 7}, True),
        ({"user": 8}, False),
        ({"session": "key"}, True),
        ({"session": "other"}, False),
        ({"token": 7}, False),
    ],
)
async def test_a_revocation_means_the_sockets_that_stand_on_what_ended(socket, causes, is_meant):
    everything = {"user": None, "session": None, "token": None}
    assert socket.opened_by(everything | causes) is is_meant


def test_who_may_not_listen_any_more_is_found_whatever_was_not_heard(alice, bob):
    """The bell may be lost: then the next look at the database closes what it would have closed."""

    async def nowhere(_: object) -> None:
        return None

    def socket_of(member: Membership) -> Socket:
        token, _ = ApiToken.issue(member.user, "tests")
        return Socket(nowhere, Login(member.user_id, token=token.pk), member.project_id, as_data=True)

    hers, his, other = socket_of(alice), socket_of(bob), socket_of(bob)
    assert unwelcome([hers, his, other]) == []
    ApiToken.objects.filter(pk=other.login.token).update(revoked_at=timezone.now())
    assert unwelcome([hers, his, other]) == [(other, 4401)]
    bob.delete()
    assert unwelcome([hers, his]) == [(his, 4403)]


class Transport:
    """A connection whose reader has stopped: it closes when everything is read, or when it is cut."""

    is_cut = False

    def __init__(self, *, is_closing):
        self._is_closing = is_closing

    def is_closing(self):
        return self._is_closing

    def abort(self):
        self.is_cut = True


@pytest.mark.parametrize("how", ["by the server", "by us"])
async def test_a_reader_who_has_stopped_is_cut_off_a_while_after_its_end(wire, socket, monkeypatch, how):
    now = 100.0
    monkeypatch.setattr(sockets.time, "monotonic", lambda: now)
    wire.is_open.clear()
    socket._transport = Transport(is_closing=how == "by the server")
    socket.live(0)
    socket.push(frame(1))
    if how == "by us":
        socket.cut_if_stuck()
        assert socket._stuck_since == 0.0, "it is slow, which is no reason"
        socket.end(4408)
    socket.cut_if_stuck()
    now += sockets.STUCK - 1
    socket.cut_if_stuck()
    assert not socket._transport.is_cut
    now += 2
    socket.cut_if_stuck()
    assert socket._transport.is_cut
    wire.is_open.set()
    await wire.until(lambda: not socket.is_busy)
