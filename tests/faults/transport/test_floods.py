"""Many at once, from one address or of one person: they are told to wait, and nobody else notices."""

import time
from collections import Counter
from contextlib import ExitStack

from tests.faults.extent import extent, tell
from tests.faults.transport.raw import TEXT, Line, frame, handshake, request

COUNT, SECONDS = extent((700, 3.5), (2_000, 10.0))


def test_handshakes_without_a_login_are_limited_by_address(house):
    address, answers = house.address, Counter()
    with house.at_work() as ben:
        began = time.monotonic()
        for number in range(COUNT):
            with Line(house.port, address) as line:
                status, headers, body = line.send(
                    handshake(house.project, "Authorization: Bearer lg_none")
                ).answer()
                answers[status] += 1
                if status == 429:
                    assert 1 <= int(headers["retry-after"]) <= 60
                    assert body.startswith(
                        b'{"code":"rate_limited","message":"Too many connections; try again in '
                    )
            time.sleep(max(0.0, began + number * SECONDS / COUNT - time.monotonic()))
    assert set(answers) == {101, 429}
    assert answers[101] <= 200 + 20 * (time.monotonic() - began) + 20
    assert answers[429] > COUNT / 3
    assert ben.p95 < 300
    with Line(house.port, house.address) as other:
        assert other.send(handshake(house.project, house.bearer("ana"))).answer()[0] == 101, "others come in"
    tell(
        "S-05",
        f"{COUNT} strangers in {SECONDS} s: {answers[429]} were told to wait; others' p95 {ben.p95:.0f} ms",
    )


def test_more_than_a_thousand_connections_from_one_address_are_told_to_wait(house):
    address = house.address
    with ExitStack() as stack, house.at_work() as ben:
        for _ in range(1_000):
            stack.enter_context(Line(house.port, address))
        for _ in range(20):
            line = stack.enter_context(Line(house.port, address))
            status, headers, body = line.send(request()).answer()
            assert (status, headers["retry-after"]) == (429, "10")
            assert body == b"There are too many connections from your address; try again in 10 s."
        silent = stack.enter_context(Line(house.port, address))
        assert silent.answer()[0] == 429, "it is told without having asked"
        with Line(house.port, house.address) as other:
            assert other.send(request()).answer()[0] == 200
    assert ben.p95 < 300
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with Line(house.port, address) as again:
            if again.send(request()).answer()[0] == 200:
                break
        time.sleep(0.1)
    assert time.monotonic() < end, "when they have gone, the address is welcome"


def test_one_person_may_have_a_thousand_sockets_and_others_are_not_counted(house):
    with ExitStack() as stack:
        answers = Counter()
        for _ in range(extent(60, 1_060)):
            line = stack.enter_context(Line(house.port))
            answers[line.send(handshake(house.project, house.bearer("dan"))).answer()[0]] += 1
        assert answers[101] >= extent(60, 990)
        assert (answers[429] > 20) is extent(False, True)
        with Line(house.port) as other:
            assert other.send(handshake(house.project, house.bearer("cleo"))).answer()[0] == 101


def test_a_flood_of_frames_is_answered_read_slowly_and_keeps_nobody_waiting(house):
    ping = frame(TEXT, b'{"type":"ping","id":1}')
    with Line(house.port) as line, house.at_work() as ben:
        assert line.send(handshake(house.project, house.bearer("cleo"))).answer()[0] == 101
        line.send(ping * 5_000)
        answers = Counter(str(line.frame()[1][:18]) for _ in range(4_000))
    assert len(answers) == 2, "a pong, or a word of patience"
    assert ben.p95 < 300
    tell("S-05", f"a flood of frames: others' p95 {ben.p95:.0f} ms")
