"""Connections that take their time. Each holds a place, so each has an end, and nobody else waits for them."""

import selectors
import time
from pathlib import Path

from tests.faults.extent import extent, tell
from tests.faults.transport.raw import Line, request

POST = ("Content-Type: application/x-www-form-urlencoded",)
SLOW = {
    "nothing": (b"", b""),
    "half a line": (b"GET /lo", b"g"),
    "a head": (request("/login")[:-2] + b"X-A: ", b"a"),
    "headers": (request("/login")[:-2], b"X: 1\r\n"),
    "a body": (request("/login", *POST, "Content-Length: 9000", method="POST"), b"a"),
    "chunks": (request("/login", *POST, "Transfer-Encoding: chunked", method="POST"), b"1\r\na\r\n"),
    "blank lines": (request("/healthz"), b"\r\n"),
    "a second request": (request("/healthz") + b"GET /", b"x"),
}
UNREAD = request("/p/web/lines")
MOST = 30.0  # seconds, as promised


class Slow:
    """A connection that sends a byte now and then for as long as it is let."""

    def __init__(self, house, address: str, kind: str) -> None:
        begin, self.drip = SLOW[kind]
        self.kind, self.line = kind, Line(house.port, address).send(begin)
        self.began, self.lasted, self.heard = time.monotonic(), 0.0, b""

    def go_on(self) -> None:
        if not self.lasted and self.drip:
            self.line.send(self.drip)

    def hear(self) -> bool:
        """Whether it is over."""
        try:
            data = self.line.socket.recv(65_536)
        except ConnectionError:
            data = b""
        self.heard += data
        if not data:
            self.lasted = time.monotonic() - self.began
        return not data


def outlast(slow: list[Slow]) -> None:
    """Drip until all are closed, or until it has taken longer than it may."""
    with selectors.DefaultSelector() as selector:
        for each in slow:
            selector.register(each.line.socket, selectors.EVENT_READ, each)
        end = time.monotonic() + MOST + 5
        while selector.get_map() and time.monotonic() < end:
            for each in slow:
                each.go_on()
            until = time.monotonic() + 0.5
            while selector.get_map() and (left := until - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    if key.data.hear():
                        selector.unregister(key.fileobj)
    for each in slow:
        each.line.socket.close()


def test_two_hundred_slow_connections_end_within_thirty_seconds_and_nobody_else_waits(house):
    address, kinds = house.address, list(SLOW)
    with house.at_work() as ben:
        slow = [Slow(house, address, kinds[n % len(kinds)]) for n in range(200)]
        outlast(slow)
    assert {each.kind for each in slow if not each.lasted} == set(), "none is open any more"
    longest = max(each.lasted for each in slow)
    assert longest <= MOST
    told = {each.kind for each in slow if b"HTTP/1.1 408 " in each.heard}
    assert told >= {"half a line", "a head", "headers", "a body", "chunks", "a second request"}
    assert ben.p95 < 300
    assert "Traceback" not in house.log
    tell(
        "S-05",
        f"200 slow connections: the last was closed after {longest:.0f} s, others' p95 {ben.p95:.0f} ms",
    )


def test_a_request_in_small_pieces_is_answered_when_it_is_in_time(house):
    with Line(house.port, house.address) as line:
        for byte in request("/healthz"):
            line.send(bytes([byte]))
            time.sleep(0.01)
        assert line.answer()[0] == 200


def test_an_answer_that_is_not_read_is_given_up(house):
    for _ in range(50):
        house.seed("say", project=house.project, who="cleo", texts=["word " * 1_590])
    lines = [Line(house.port, house.address) for _ in range(extent(3, 40))]
    for line in lines:
        line.send(request("/p/web/lines", house.cookie("cleo")) * 8)
    began = time.monotonic()
    while time.monotonic() < began + extent(1, MOST + 5):
        time.sleep(0.1)
    if extent(False, True):
        assert [line for line in lines if is_open(house, line)] == []
    for line in lines:
        line.socket.close()


def is_open(house, line: Line) -> bool:
    """Whether the server still holds its end of the connection."""
    mine = line.socket.getsockname()[1]
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = row.split()
        ends = [int(each.split(":")[1], 16) for each in fields[1:3]]
        if ends == [house.port, mine]:
            return fields[3] == "01"
    return False
