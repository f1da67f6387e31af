"""Attempts to sign in, hundreds at once, at the real server."""

import re
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlencode

from tests.faults.extent import extent, tell
from tests.faults.transport.conftest import PASSWORD
from tests.faults.transport.raw import Line, request

LIMIT = 10  # failures of one account from one address in a minute


class Door:
    """The form for signing in, as one browser at one address has it."""

    def __init__(self, house, address: str) -> None:
        self.house, self.address = house, address
        with self.line() as line:
            _, headers, page = line.send(request("/login")).answer()
            assert page, headers
        self.cookie = re.search(r"csrf\w+=\w+", headers["set-cookie"])[0]
        self.token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()

    def line(self) -> Line:
        return Line(self.house.port, self.address)

    def form(self, password: str, *lines: str) -> bytes:
        body = urlencode(
            {"csrfmiddlewaretoken": self.token, "login": "ana@example.com", "password": password}
        ).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        head = request(
            "/login", f"Cookie: {self.cookie}", kind, f"Content-Length: {len(body)}", *lines, method="POST"
        )
        return head + body

    def enter(self, password: str = PASSWORD, *lines: str) -> int:
        with self.line() as line:
            return line.send(self.form(password, *lines)).answer()[0]


def test_of_five_hundred_attempts_at_once_ten_are_looked_at_and_nobody_else_is_locked_out(house):
    count, attacker, victim = extent(200, 500), Door(house, house.address), Door(house, house.address)
    with ExitStack() as stack, house.at_work() as ben:
        lines = [stack.enter_context(attacker.line()) for _ in range(count)]
        for number, line in enumerate(lines):
            line.socket.settimeout(60)
            line.send(attacker.form("a wrong password", f"X-Forwarded-For: 192.0.2.{number % 250}"))
        answers = Counter(line.answer()[0] for line in lines)
    assert ben.p95 < 300
    assert set(answers) == {200, 429}
    assert 0 < answers[200] <= LIMIT
    for _ in range(LIMIT - answers[200]):  # some were told to wait because so many came at once
        attacker.enter("a wrong password")
    assert attacker.enter() == 429, "the right password has to wait"
    assert attacker.enter(PASSWORD, "X-Forwarded-For: 198.51.100.7") == 429, (
        "and says so from wherever it says it is"
    )
    assert victim.enter() == 302
    house.server.restart()
    assert attacker.enter() == 429, "the server remembers when it was started anew"
    assert victim.enter() == 302
    assert "Traceback" not in house.log
    tell(
        "S-10",
        f"{count} bad sign-ins at once: {answers[200]} passwords looked at; others' p95 {ben.p95:.0f} ms",
    )
