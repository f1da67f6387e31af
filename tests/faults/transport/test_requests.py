"""Requests as no browser sends them: too long, too many lines of one kind, two of what there is one of."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.faults.extent import extent, tell
from tests.faults.transport.raw import TEXT, Line, handshake, request
from tests.server import ROOT

JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"
MEGABYTE = 1_048_576


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def asked(house, data: bytes) -> tuple[int, dict[str, str], bytes]:
    with Line(house.port) as line:
        return line.send(data).answer()


@pytest.mark.parametrize("target", ["/login", "/api/v1/me", "/p/web/say"])
def test_a_body_of_200_megabytes_in_chunks_is_read_up_to_the_limit_only(house, target):
    before, sent, piece = house.memory, 0, chunk(bytes(65_536))
    with Line(house.port) as line:
        line.send(request(target, CHUNKED, JSON, method="POST"))
        try:
            while sent < 200 * MEGABYTE:
                line.socket.sendall(piece)
                sent += 65_536
        except ConnectionError:
            pass
        status, _, body = line.answer()
    assert status == 413
    assert body.decode().strip('"}').endswith("A request may have 1 MiB.")
    assert sent < 20 * MEGABYTE, "what the system keeps on the way is not read"
    assert house.memory - before < 20
    tell(
        "S-05",
        f"200 MB in chunks to {target}: 413 after {sent / 1e6:.0f} MB, {house.memory - before:.0f} MB more",
    )


def test_the_limit_of_a_body_is_exact_and_one_that_is_announced_is_not_read(house):
    def answer(size: int) -> int:
        return asked(house, request("/login", f"Content-Length: {size}", method="POST") + bytes(size))[0]

    assert answer(MEGABYTE) == 403, "read, and refused for want of a token"
    assert answer(MEGABYTE + 1) == 413
    assert asked(house, request("/login", f"Content-Length: {200 * MEGABYTE}", method="POST"))[0] == 413
    assert asked(house, request("/login", "Content-Length: " + "9" * 19, method="POST"))[0] == 413


@pytest.mark.parametrize(
    "lengths",
    [("Content-Length: 5", CHUNKED), ("Content-Length: 5", "Content-Length: 6"), ("Content-Length: -1",)],
)
def test_a_body_whose_length_is_in_doubt_is_refused(house, lengths):
    assert asked(house, request("/login", *lengths, method="POST") + b"0\r\n\r\n")[0] == 400


HEADS = {
    "500 of a kind": ([f"X-A: {n}" for n in range(500)], {200}),
    "500 cookies": ([f"Cookie: a{n}=b" for n in range(500)], {200}),
    "3,000 kinds": ([f"X{n}: 1" for n in range(3_000)], {200}),
    "500 of Accept": (["Accept: text/html;q=0.1,"] * 500, {200}),
    "30 kB of separators": (["Accept: " + ",;" * 15_000], {200}),
    "30 kB of languages": (["Accept-Language: " + "en-" * 10_000], {200}),
    "64 kB of separators": (["Accept: " + ",;" * 32_768], {431}),
    "one line over": (["X: " + "x" * 32_768], {431}),
}


@pytest.mark.parametrize("kind", HEADS)
def test_a_strange_head_is_answered_at_once(house, kind):
    lines, statuses = HEADS[kind]
    asked(house, request("/login"))  # what is loaded once is loaded
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        status = asked(house, request("/login", *lines))[0]
        best = min(best, time.perf_counter() - began)
        assert status in statuses
    assert best < 0.05


def test_a_head_without_end_is_cut_off(house):
    before, sent = house.memory, 0
    with Line(house.port) as line:
        line.send(request()[:-2] + b"X-A: ")
        try:
            while sent < 100 * MEGABYTE:
                line.socket.sendall(b"x" * 65_536)
                sent += 65_536
        except ConnectionError:
            pass
        assert line.answer()[0] == 431
    assert sent < 20 * MEGABYTE
    assert house.memory - before < 20


@pytest.mark.parametrize("lines", [[f"X{n}: 1" for n in range(200)], ["Cookie: " + "x" * 9_000]])
def test_a_handshake_with_too_much_in_it_is_answered(house, lines):
    with Line(house.port) as line:
        assert line.send(handshake(house.project, house.bearer("ana"), *lines)).answer()[0] == 431
        assert line.until_closed(10) < 10


def test_a_strange_host_is_turned_away_everywhere(house):
    for target in ("/", "/login", "/p/web", "/api/v1/me", "/join/x", "/nowhere"):
        assert asked(house, request(target, host="evil.example"))[0] == 400
        assert asked(house, request(target, "Host: evil.example"))[0] == 400
    evil = handshake(house.project, house.cookie("ana"), "Origin: http://evil.example")
    assert asked(house, evil.replace(b"Host: 127.0.0.1", b"Host: evil.example"))[0] == 403


def test_a_handshake_with_two_origins_is_refused(house):
    own, cookie = "Origin: http://127.0.0.1", house.cookie("ana")
    assert asked(house, handshake(house.project, cookie, own))[0] == 101
    for second in (own, "Origin: http://evil.example", "Origin: null", "origin: http://127.0.0.1"):
        assert asked(house, handshake(house.project, cookie, own, second))[0] in {400, 403}
        assert asked(house, handshake(house.project, cookie, second, own))[0] in {400, 403}


@pytest.fixture(scope="module")
def mirror() -> Iterator[int]:
    """The port of a server that shows what reaches an application."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.faults.transport.mirror", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(20)


def scopes(port: int, *lines: bytes) -> Iterator[dict | None]:
    """What an application sees of these lines in a request and in a handshake; None when it was refused."""
    for plain in (request("/"), handshake(1)):
        with Line(port) as line:
            line.send(plain[:-2] + b"".join(each + b"\r\n" for each in lines) + b"\r\n")
            status, _, body = line.answer()
            assert status in {200, 101, 400}
            if status == 101:
                opcode, body = line.frame()
                assert opcode == TEXT
            yield None if status == 400 else json.loads(body)


@pytest.mark.parametrize("byte", [0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85])
@pytest.mark.parametrize("name", [b"X-Note", b"Cookie", b"Origin", b"User-Agent", b"Sec-WebSocket-Protocol"])
def test_no_byte_makes_two_headers_of_one(mirror, byte, name):
    smuggled = (
        name
        + b": a"
        + bytes([byte])
        + b"X-Forwarded-For: 6.6.6.6"
        + bytes([byte])
        + b"Authorization: Bearer x"
    )
    for scope in scopes(mirror, smuggled):
        if scope is not None:
            names = [each for each, _ in scope["headers"]]
            assert "x-forwarded-for" not in names
            assert "authorization" not in names
            assert scope["client"][0] == "127.0.0.1"


@pytest.mark.parametrize(
    "name",
    [b"X_Forwarded_For", b"X-Forwarded_For", b"X_Forwarded-Proto", b"Content_Length", b"Author_ization"],
)
def test_a_name_with_an_underscore_reaches_nobody(mirror, name):
    for scope in scopes(mirror, name + b": 6", b"X-Note: 7"):
        assert scope is not None
        assert ["x-note", "7"] in scope["headers"]
        assert [each for each, _ in scope["headers"] if "_" in each or "forwarded" in each] == []


def test_no_proxy_is_believed_that_nobody_named(mirror):
    for scope in scopes(
        mirror, b"X-Forwarded-For: 6.6.6.6", b"X-Forwarded-Proto: https", b"Forwarded: for=6.6.6.6"
    ):
        assert (scope["client"][0], scope["scheme"]) in {("127.0.0.1", "http"), ("127.0.0.1", "ws")}


def test_malformed_requests_are_refused_and_leave_no_trace(house):
    before = house.memory
    heads = [b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
             b"GET / HTTP/9.9\r\n\r\n", b"GET /\x00 HTTP/1.1\r\n\r\n",
             b"GET / HTTP/1.1\r\nA b: c\r\n\r\n", b"GET / HTTP/1.1\r\n: c\r\n\r\n",
             b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
             request("/%ff%fe"), request("/login?q=%ff"), request("/p/%00/"), b"\x00" * 4_000]  # fmt: skip
    for number in range(extent(400, 10_000)):
        with Line(house.port) as line:
            line.send(heads[number % len(heads)])
            if number < len(heads):
                assert line.answer()[0] in {0, 200, 302, 400, 404, 408}, heads[number]
    assert house.memory - before < 30
    assert "Traceback" not in house.log
