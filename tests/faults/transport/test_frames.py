"""Frames as no WebSocket client sends them. Each ends its own connection with the right code, and nothing else happens."""

import random
import time
import zlib

import pytest

from tests.faults.extent import extent, tell
from tests.faults.transport.raw import BINARY, CLOSE, CONT, PING, PONG, TEXT, Line, frame, handshake, text_of

PROTOCOL, TEXT_IS_NONE, TOO_BIG = 1002, 1007, 1009
HELLO = b'{"type":"ping","id":1}'


def bomb() -> bytes:
    """16 MiB of nothing, packed, though nobody has agreed to packing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_SYNC_FLUSH)


BAD_TEXTS = [
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf4\x90\x80\x80",
    b"\xe2\x82",
    b'{"type":"\x80"}',
    b"ok\xf0\x9f\x98",
]
MALFORMED = [
    *((f"reserved bits {rsv}", frame(TEXT, HELLO, rsv=rsv), PROTOCOL) for rsv in range(1, 8)),
    *((f"opcode {code}", frame(code, b"x"), PROTOCOL) for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    *((f"opcode {code}, in pieces", frame(code, b"x", fin=False), PROTOCOL) for code in (PING, PONG, CLOSE, 3, 15)),
    *((f"no mask on {code}", frame(code, b"x", mask=None), PROTOCOL) for code in (TEXT, BINARY, PING, PONG, CLOSE)),
    *((f"control of {size}", frame(code, bytes(size)), PROTOCOL) for code in (PING, PONG, CLOSE) for size in (126, 65_536)),
    *((f"text {text!r}", frame(TEXT, text), TEXT_IS_NONE) for text in BAD_TEXTS),
    *((f"pieces of {t!r}", frame(TEXT, t[:1], fin=False) + frame(CONT, t[1:]), TEXT_IS_NONE) for t in BAD_TEXTS),
    *((f"closed with {n}", frame(CLOSE, n.to_bytes(2, "big")), PROTOCOL) for n in (0, 999, 1004, 1005, 1006, 2999, 5000)),
    ("closed with half a code", frame(CLOSE, b"\x03"), PROTOCOL),
    ("closed for a reason that is no text", frame(CLOSE, b"\x03\xe8\xff"), TEXT_IS_NONE),
    ("the rest of nothing", frame(CONT, HELLO), PROTOCOL),
    ("a text within a text", frame(TEXT, b"{", fin=False) + frame(TEXT, b"}"), PROTOCOL),
    ("the end within a text", frame(TEXT, b"{", fin=False) + frame(CLOSE, b"\x03\xe8"), PROTOCOL),
    *((f"{n:,} bytes announced", frame(TEXT, b"", length=n), TOO_BIG) for n in (131_073, 2**31, 2**32, 2**62, 2**63 - 1)),
    ("more than 2**63 bytes announced", frame(TEXT, b"", length=2**64 - 1), TOO_BIG),
    ("announced in pieces", frame(TEXT, bytes(65_536), fin=False) + frame(CONT, b"", length=65_537), TOO_BIG),
    ("a bomb", frame(TEXT, bomb(), rsv=4), PROTOCOL),
    ("a bomb in binary", frame(BINARY, bomb(), rsv=4), PROTOCOL),
    ("10,000 pieces of a byte", frame(TEXT, b"{", fin=False) + frame(CONT, b"x", fin=False) * 10_000, TOO_BIG),
    ("10,000 empty pieces", frame(TEXT, b"", fin=False) + frame(CONT, b"", fin=False) * 10_000, TOO_BIG),
]  # fmt: skip


def opened(house, name: str) -> Line:
    """A socket of somebody's, through its handshake."""
    line = Line(house.port).send(handshake(house.project, house.bearer(name)))
    assert line.answer()[0] == 101
    return line


@pytest.mark.parametrize(
    ("bad", "code"), [each[1:] for each in MALFORMED], ids=[each[0] for each in MALFORMED]
)
def test_a_malformed_frame_ends_its_connection_with_the_right_code(house, bad, code):
    with opened(house, "ana") as line:
        assert line.send(frame(TEXT, HELLO)).json("pong") == {"type": "pong", "id": 1}, (
            "a good one is answered"
        )
        assert line.send(bad).close_code() == code


@pytest.mark.parametrize(
    ("size", "answer"), [(65_536, "pong"), (65_537, "too_large"), (131_072, "too_large"), (131_073, None)]
)
def test_the_limits_of_a_frame_are_exact(house, size, answer):
    with opened(house, "ana") as line:
        line.send(frame(TEXT, text_of(size, type="ping", id=1)))
        if answer is None:
            assert line.close_code() == TOO_BIG
        elif answer == "pong":
            assert line.json("pong")
        else:
            assert (line.json("error")["code"], line.send(frame(TEXT, HELLO)).json("pong")["id"]) == (
                answer,
                1,
            )


def test_a_thousand_pieces_are_a_message(house):
    pieces = [bytes([each]) for each in text_of(1_000, type="ping", id=7)]
    with opened(house, "ana") as line:
        line.send(
            frame(TEXT, pieces[0], fin=False)
            + b"".join(frame(CONT, each, fin=False) for each in pieces[1:-1])
        )
        assert line.send(frame(CONT, pieces[-1])).json("pong")["id"] == 7


def test_thousands_of_malformed_frames_leave_no_trace(house):
    """Those of above again and again, half of them before the handshake is through, and bytes by chance."""
    chance, count = random.Random(5), extent(800, 10_000)
    before, began = house.memory, time.monotonic()
    with house.at_work() as ben:
        for number in range(count):
            bad = (
                MALFORMED[number % len(MALFORMED)][1]
                if number % 3
                else chance.randbytes(chance.randrange(1, 400))
            )
            name = ("ana", "cleo", "dan")[number % 3]
            with Line(house.port) as line:
                line.send(handshake(house.project, house.bearer(name)))
                if number % 2:
                    line.answer()
                line.send(bad)
            time.sleep(
                max(0.0, began + (number - 2_500) / 200 - time.monotonic())
            )  # as often as three people may come
    grown = house.memory - before
    assert grown < 30
    assert ben.p95 < 300
    assert house.log.count("\n") <= 1, "nothing but the greeting"
    tell(
        "S-05",
        f"{count} malformed frames: {grown:.0f} MB more, others' p95 {ben.p95:.0f} ms, no line in the log",
    )


def test_a_flood_of_pings_keeps_nobody_waiting(house):
    flood = frame(PING, b"") * 100_000
    with opened(house, "ana") as line:
        line.socket.settimeout(1)
        with house.at_work() as ben:
            end = time.monotonic() + extent(2, 20)
            while time.monotonic() < end:
                try:
                    line.socket.sendall(flood)
                except TimeoutError:
                    continue  # it is read as fast as it may come
    assert ben.p95 < 300
    tell("S-05", f"a flood of pings: others' p95 {ben.p95:.0f} ms")
