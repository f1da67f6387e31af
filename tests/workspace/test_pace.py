"""How fast is too fast, and who is counted."""

import pytest

from workspace import doors, pace
from workspace.errors import TooFast
from workspace.pace import CONNECTS, STRANGERS, Bucket, Pace
from workspace.sockets import Login


@pytest.fixture
def clock(monkeypatch):
    """Time that goes on when it is told to."""

    class Clock:
        now = 0.0

    monkeypatch.setattr(pace, "monotonic", lambda: Clock.now)
    return Clock


def test_a_bucket_gives_what_it_has_and_then_what_comes_back(clock):
    bucket = Bucket(rate=2, burst=3)
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 0.5]
    clock.now += 0.5
    assert [bucket.take(), bucket.take()] == [0, 0.5]
    clock.now += 1_000
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 0.5], "it holds no more than its burst"


def test_each_key_has_a_bucket_of_its_own_and_the_least_used_is_forgotten(clock, monkeypatch):
    monkeypatch.setattr(pace, "MOST_KEYS", 3)
    ours = Pace("Too many", rate=1, burst=1)
    assert [ours.take(key) for key in "aabbcc"] == [0, 1, 0, 1, 0, 1]
    ours.take("a")
    ours.take("d")
    assert [ours.take("a"), ours.take("b")] == [1, 0]


def test_what_costs_more_than_a_bucket_holds_is_possible_once_it_is_full(clock):
    ours = Pace("Too many", rate=1, burst=10)
    ours.spend("a", 25)
    with pytest.raises(TooFast, match=r"^Too many; try again in 10 s\.$"):
        ours.spend("a", 25)


def scope(address="192.0.2.1"):
    return {"client": (address, 50_000), "extensions": {}}


ANA, BEN = Login(1), Login(2)


def test_a_stranger_counts_against_the_address_and_nobody_who_comes_from_another(clock):
    for _ in range(STRANGERS.burst):
        doors.knock(scope())
        assert doors.admit(scope(), None) == ()
    with pytest.raises(TooFast):
        doors.knock(scope())
    doors.knock(scope("192.0.2.2"))
    clock.now += 1
    doors.knock(scope())


def test_members_behind_one_address_are_no_strangers(clock):
    for number in range(1_000):
        doors.knock(scope())
        doors.leave(doors.admit(scope(), Login(number)))
    doors.knock(scope())


def test_so_many_sockets_of_one_person_are_open_and_one_more_when_one_has_gone(clock, monkeypatch):
    monkeypatch.setattr(doors, "MOST_OF_PERSON", 3)
    places = [doors.admit(scope(), ANA) for _ in range(3)]
    with pytest.raises(TooFast):
        doors.admit(scope("192.0.2.2"), ANA)
    places.append(doors.admit(scope(), BEN))
    doors.leave(places.pop(0))
    places.append(doors.admit(scope(), ANA))
    for place in places:
        doors.leave(place)
    assert doors._open == {}


def test_so_many_sockets_from_one_address_are_open(clock, monkeypatch):
    monkeypatch.setattr(doors, "MOST_OF_ADDRESS", 3)
    places = [doors.admit(scope(), Login(number)) for number in range(3)]
    with pytest.raises(TooFast):
        doors.admit(scope(), BEN)
    places.append(doors.admit(scope("192.0.2.2"), BEN))
    for place in places:
        doors.leave(place)
    assert doors._open == {}


def test_a_person_opens_no_more_than_so_many_in_a_while(clock):
    for _ in range(CONNECTS.burst):
        doors.leave(doors.admit(scope(), ANA))
    with pytest.raises(TooFast):
        doors.admit(scope(), ANA)
    doors.leave(doors.admit(scope(), BEN))


async def test_who_has_to_wait_is_told_so_in_the_handshake_or_is_closed(clock):
    sent = []

    async def send(message):
        sent.append(message)

    await doors.refuse(scope(), send, TooFast("Too many connections", 7.2))
    assert sent == [{"type": "websocket.close", "code": 4429}]
    sent.clear()
    able = scope() | {"extensions": {"websocket.http.response": {}}}
    await doors.refuse(able, send, TooFast("Too many connections", 7.2))
    assert (sent[0]["status"], (b"retry-after", b"8") in sent[0]["headers"]) == (429, True)
    assert sent[1]["body"] == b'{"code":"rate_limited","message":"Too many connections; try again in 8 s."}'
