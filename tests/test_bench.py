"""`make bench` works: its load generator counts what a server sends, and its tables can be printed."""

import asyncio

import pytest

from bench import report, says, targets
from bench.dialects import Dialect, Loggia, number_in, text_of
from bench.spread import spread
from bench.wire import Tally, Wire, handshake
from workspace.wire import encode


def test_the_load_generator_counts_what_the_bare_server_sends():
    with targets.ceiling("bare server") as server:
        assert server.do("open", sockets=12)["sockets"] == 12
        full = server.do("full", seconds=0.3, senders=2, warm=0.1)
        steady = server.do("steady", rate=20, seconds=0.3, senders=2)
    assert full["deliveries"] == pytest.approx(12 * full["says"], rel=0.2)
    assert full["lost"] == full["closed"] == 0
    assert full["load"] > 0
    assert full["machine"] > 0
    assert steady["arrived"] == 1
    assert steady["delivered"]["p99"] > 0


async def test_frames_are_counted_however_they_are_cut():
    tally = Tally()
    wire = Wire(handshake("host", 1, "/", {}), b'{"type":"event"', tally)
    wire._is_upgraded = True
    stream = b"".join(
        encode(f'{{"type":"event","text":"{"x" * size}"}}') for size in (1, 200, 70_000)
    ) + encode("{}")
    for start in range(0, len(stream), 7):
        wire.data_received(stream[start : start + 7])
    assert tally.events == 3
    await asyncio.sleep(0)


def test_a_message_is_found_in_a_frame_by_its_number():
    frame = f'{{"type":"event","html":"<p>{text_of(42)}</p>"}}'.encode()
    assert (number_in(frame, 0, len(frame)), number_in(b"{}", 0, 2)) == (42, None)
    assert len(text_of(42)) == 200
    assert Dialect(["/"]).answered(frame, 0, len(frame)) == 42
    assert Loggia(["/"]).answered(frame, 0, len(frame)) is None


def test_a_goal_is_met_or_not(capsys: pytest.CaptureFixture[str]):
    goals, times = report.Goals(), spread([0.001 * number for number in range(100)])
    slow = says.Says(
        {"says": 400.0, "cpu": 0.8, "load": 0.3, "machine": 1.4, **times}, {"answered": times, "cpu": 0.002}
    )
    report.stored({says.ONE: slow}, goals)
    printed = capsys.readouterr().out
    assert "0.80 + 0.30 + 0.30" in printed
    assert "NOT MET  400 says a second on SQLite in one process (goal 1,000)" in printed
    assert "met      acknowledged p99 99 ms at 100 a second (goal: under 100)" in printed
    assert goals.missed == 1


def test_two_processes_are_compared_with_one_and_with_the_cores_there_are(capsys: pytest.CaptureFixture[str]):
    goals, times = report.Goals(), spread([0.001])
    rates = {
        says.ONE: 1_500,
        says.PG_ONE: 900,
        says.PG_TWO: 1_000,
        says.PG_ONE_OF: 1_000,
        says.PG_TWO_OF: 1_800,
    }
    found = {
        name: says.Says(
            {"says": rate, "cpu": 1.0, "load": 0.1, "machine": rate / 1_000, **times},
            {"answered": times, "cpu": 0.002},
        )
        for name, rate in rates.items()
    }
    report.stored(found, goals)
    printed = capsys.readouterr().out
    assert "NOT MET  one project: two processes 1.11 times one, 0.9 and 1.0 cores busy" in printed
    assert "met      4 projects: two processes 1.80 times one, 1.0 and 1.8 cores busy" in printed
    assert goals.missed == 1
