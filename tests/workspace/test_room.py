from types import SimpleNamespace

import pytest

from workspace import room as rooms
from workspace.live import Frame
from workspace.room import Room
from workspace.sockets import Login, Socket


def frame(seq, evicts=None):
    return Frame(seq, f"html {seq}", f"data {seq}", evicts)


def message(*frames):
    return {"type": "frames", "frames": [list(each) for each in frames], "seq": frames[-1].seq}


@pytest.fixture
async def member():
    """Adds a listening socket of a user to a room; gives the list of what it gets."""

    def join(room, user_id=7):
        got = []

        async def take(message):
            got.append(message.get("text") or message["code"])

        socket = Socket(take, Login(user_id), 1, as_data=True)
        socket.live(room.seq or 0)
        room.sockets.add(socket)
        return got

    return join


@pytest.fixture
def log(monkeypatch):
    """The log that a room reads its gaps from; each read is noted."""
    kept, reads = [], []

    def read(project_id, seq):
        reads.append(seq)
        return [each for each in kept if each.seq > seq]

    def in_database(function):
        async def call(*arguments):
            return function(*arguments)

        return call

    monkeypatch.setattr(rooms, "_frames_after", read)
    monkeypatch.setattr(rooms, "in_database", in_database)
    return SimpleNamespace(frames=kept, reads=reads)


async def test_frames_that_cross_on_their_way_cost_no_look_into_the_log(member, log):
    room = Room(1)
    room.start(0)
    got = member(room)
    log.frames += [frame(seq) for seq in range(1, 4)]
    room.receive(message(frame(2), frame(3)))
    assert got == []
    room.receive(message(frame(1)))
    assert got == ["data 1", "data 2", "data 3"]
    await settle(room)
    assert log.reads == []


async def settle(room):
    if room._filling:
        await room._filling


async def test_frames_are_delivered_in_order_and_once(member, log):
    room = Room(1)
    room.start(0)
    got = member(room)
    log.frames += [frame(seq) for seq in range(1, 5)]
    room.receive(message(frame(1)))
    room.receive(message(frame(1)))
    room.receive(message(frame(2), frame(3)))
    room.receive(message(frame(2)))
    room.receive(message(frame(4)))
    assert got == [f"data {seq}" for seq in range(1, 5)]
    assert log.reads == [], "nothing was missing"


async def test_a_gap_is_read_from_the_log_once_for_all_sockets(member, log):
    room = Room(1)
    room.start(0)
    first, second = member(room), member(room, 8)
    log.frames += [frame(seq) for seq in range(1, 6)]
    room.receive(message(frame(4)))
    room.receive(message(frame(5)))
    await settle(room)
    assert first == second == [f"data {seq}" for seq in range(1, 6)]
    assert len(log.reads) == 1


async def test_what_the_database_has_beyond_the_last_bell_is_read(member, log):
    room = Room(1)
    room.start(2)
    got = member(room)
    log.frames += [frame(seq) for seq in range(1, 5)]
    room.heard_of(4)
    await settle(room)
    assert got == ["data 3", "data 4"]


async def test_what_comes_before_the_room_knows_where_it_stands_waits(member, log):
    room = Room(1)
    got = member(room)
    log.frames += [frame(seq) for seq in range(1, 5)]
    room.receive(message(frame(3)))
    room.receive(message(frame(4)))
    assert got == []
    room.start(3)
    assert got == ["data 4"]


async def test_a_log_that_cannot_be_read_is_read_again_at_the_next_look(member, log, monkeypatch):
    room = Room(1)
    room.start(0)
    got = member(room)
    log.frames += [frame(1), frame(2)]
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "_frames_after", lambda *_: 1 / 0)
        room.heard_of(2)
        await settle(room)
    assert got == []
    room.heard_of(2)
    await settle(room)
    assert got == ["data 1", "data 2"]


async def test_a_removed_person_is_closed_before_the_event_that_removes_them(member):
    room = Room(1)
    room.start(0)
    removed, other = member(room, 7), member(room, 8)
    room.receive(message(frame(1), frame(2, evicts=7), frame(3)))
    assert removed == ["data 1", 4403]
    assert other == ["data 1", "data 2", "data 3"]
