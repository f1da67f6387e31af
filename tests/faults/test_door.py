"""The door of a server behind HTTPS: what it gives away about who and what is inside, and its cookies."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from math import erfc, sqrt
from statistics import median
from typing import Any

import pytest

from tests.browser.seeder import Seeder
from tests.faults.browsing import Answer, Browser
from tests.faults.extent import extent, tell
from tests.server import Server

TRIES = extent(16, 200)  # of each of two things that must look alike, in turns
ALIKE = 0.005  # seconds between the medians
CHANCE = 0.01  # two things that are alike look so different once in a hundred measurements
PASSWORD = "correct horse battery staple"
AT_HOME = {"Host": "team.example", "X-Forwarded-Proto": "https", "Origin": "https://team.example"}
Ask = Callable[[], Answer]
_addresses = count(2)


class Door:
    """A server whose users come over HTTPS, and the people and projects inside."""

    def __init__(self, server: Server, seed: Seeder) -> None:
        self.server, self.seed = server, seed
        for n in range(extent(8, 50)):
            seed("person", name=f"Known {n}", handle=f"known{n}")
        for handle in ("ana", "zoe"):
            seed("person", name=handle.title(), handle=handle, password=PASSWORD)
        seed("project", name="Web", key="WEB", slug="web", owner="ana", members={})
        for name in ("secret", "topics"):
            seed("project", name=name, key=name[:3].upper(), slug=name, owner="zoe", members={})

    def stranger(self) -> Browser:
        """A browser at an address of its own, so that no limit of another one counts."""
        return Browser(self.server.port, source=f"127.0.1.{next(_addresses) % 250 + 1}", headers=AT_HOME)

    def ana(self) -> Browser:
        return self.stranger().sign_in("ana@example.com", PASSWORD)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with ExitStack() as stack:
        env = {"PUBLIC_URL": "https://team.example", "FORWARDED_ALLOW_IPS": "*"}
        server = stack.enter_context(Server(**env))
        seeder = Seeder(server)
        stack.callback(seeder.end)
        yield Door(server, seeder)


def plain(answer: Answer, *asked: str) -> tuple[Any, ...]:
    """What can be told apart, but for secrets made for one answer and what was asked for."""
    status, headers, body = answer
    text = re.sub(
        r"nonce-[\w+/=-]+|nonce=\"[^\"]+|csrf[^;>]*", "", f"{sorted(headers.keys())} {body.decode()}"
    )
    for word in asked:
        text = text.replace(word, "?")
    return status, headers.get("Location"), text


def differ(one: list[float], other: list[float]) -> bool:
    """Whether medians are 5 ms apart, and not by chance (Mann and Whitney)."""
    above = sum((a > b) + (a == b) / 2 for a in one for b in other)
    n, m = len(one), len(other)
    z = (above - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return abs(median(one) - median(other)) >= ALIKE and erfc(abs(z) / sqrt(2)) < CHANCE


def timed(one: Ask, other: Ask) -> tuple[list[float], list[float]]:
    took: tuple[list[float], list[float]] = ([], [])
    for n in range(TRIES):
        for which in (0, 1) if n % 2 else (1, 0):
            began = time.perf_counter()
            (one, other)[which]()
            took[which].append(time.perf_counter() - began)
    return took


def hold_alike(what: str, one: Ask, other: Ask) -> None:
    """The two take the same time. A busy machine may look otherwise once, and not twice."""
    took = timed(one, other)
    if differ(*took):
        took = timed(one, other)
    apart = 1000 * abs(median(took[0]) - median(took[1]))
    tell("S-08", f"{what}: medians of {TRIES} tries each are {apart:.1f} ms apart")
    assert not differ(*took), f"{what}: medians are {apart:.1f} ms apart"


def test_signing_in_does_not_tell_who_has_an_account(door: Door):
    numbers = count()

    def fail(email: str) -> Answer:
        if next(numbers) % 4 == 0:  # before a limit on one address is reached
            browsers[0] = door.stranger()
            tokens[0] = browsers[0].token()
        return browsers[0].post("/login", tokens[0], login=email, password="not the password")

    browsers, tokens = [door.stranger()], [""]
    known, unknown = "ana@example.com", "eve@example.com"
    assert plain(fail(known), known) == plain(fail(unknown), unknown)
    hold_alike("signing in", lambda: fail(known), lambda: fail(unknown))


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(door: Door):
    numbers = count()
    browsers, tokens = [door.stranger()], [""]

    def ask(kind: str) -> Answer:
        number = next(numbers)
        if number % 8 == 0:
            browsers[0] = door.stranger()
            tokens[0] = browsers[0].token()
        email = (
            f"{kind}{number // 2 % extent(8, 50)}@example.com"
            if kind == "known"
            else f"eve{number}@example.com"
        )
        return browsers[0].post("/login/reset", tokens[0], email=email)

    known, unknown = ask("known"), ask("unknown")
    assert known[0] == 302
    assert plain(known) == plain(unknown)
    hold_alike("a new password", lambda: ask("known"), lambda: ask("unknown"))


@pytest.mark.parametrize(
    ("what", "foreign", "absent"),
    [
        ("a project", "/p/secret", "/p/nonsuc"),
        ("a task", "/SEC-1", "/XYZ-1"),
        ("a message", "/p/secret/m/1", "/p/nonsuc/m/1"),
        ("a project's API", "/api/v1/projects/2/board", "/api/v1/projects/9/board"),
    ],
)
def test_what_is_foreign_takes_as_long_as_what_is_absent(door: Door, what: str, foreign: str, absent: str):
    ana = door.ana()
    assert ana.get("/p/web")[0] == 200
    answers = [ana.get(path) for path in (foreign, absent)]
    assert answers[0][0] == 404
    assert plain(answers[0]) == plain(answers[1])
    hold_alike(what, lambda: ana.get(foreign), lambda: ana.get(absent))


def test_every_cookie_is_for_this_host_over_https_and_for_requests_alone(door: Door):
    ana = door.ana()
    ana.post("/settings/appearance", theme="dark")
    ana.post("/settings/profile", name="Ana", handle="ana", time_zone="UTC", hue="rose")
    names = {line.partition("=")[0] for line in ana.sent}
    assert names == {"__Host-session", "__Host-csrf", "__Host-theme", "__Host-messages"}
    for line in ana.sent:
        flags = {flag.strip().lower() for flag in line.split(";")[1:]}
        assert {"secure", "path=/", "samesite=lax"} <= flags, line
        assert "httponly" in flags or "max-age=0" in flags, line
        assert not any(flag.startswith("domain") for flag in flags)


def test_what_comes_without_tls_or_for_another_host_gets_no_cookie_and_no_page(door: Door):
    for headers, wanted in (({"X-Forwarded-Proto": "http"}, 301), ({"Host": "evil.example"}, 400)):
        browser = Browser(door.server.port, headers=AT_HOME | headers)
        status, sent, _ = browser.get("/login")
        assert status == wanted
        assert browser.sent == []
        assert sent["Cache-Control"] == "private, no-store"
        assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
        assert "evil" not in sent.get("Location", "")
    assert door.stranger().get("/login")[1]["Strict-Transport-Security"].startswith("max-age=")
