"""One server for all tests of this folder, and a person who goes on working while it is pestered."""

import http.client
import json
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

import pytest
from websockets.sync.client import connect

from tests.browser.seeder import Seeder
from tests.server import Server

PASSWORD = "correct horse battery staple"
PEOPLE = ("ana", "ben", "cleo", "dan")


class House:
    """A server with a project, four people in it, and what it says and weighs."""

    def __init__(self, server: Server, seed: Seeder) -> None:
        self.server, self.seed, self.port = server, seed, server.port
        self.people = {
            name: seed("person", name=name.title(), handle=name, password=PASSWORD) for name in PEOPLE
        }
        made = seed(
            "project",
            name="Web",
            key="WEB",
            slug="web",
            owner="ana",
            members=dict.fromkeys(PEOPLE[1:], "member"),
        )
        self.project = made["id"]
        self.tokens = {name: seed("token", handle=name) for name in PEOPLE}
        self.addresses = (f"127.0.1.{number}" for number in range(1, 255))

    def bearer(self, name: str) -> str:
        """The header of somebody's program."""
        return f"Authorization: Bearer {self.tokens[name]}"

    def cookie(self, name: str) -> str:
        """The header of somebody's browser."""
        return "Cookie: {}={}".format(*self.people[name]["cookie"])

    @property
    def address(self) -> str:
        """An address that nobody has come from before."""
        return next(self.addresses)

    @property
    def memory(self) -> float:
        """Megabytes that the server holds."""
        pages = int(Path(f"/proc/{self.server.process.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6

    @property
    def log(self) -> str:
        return self.server.log.read_text()

    @contextmanager
    def at_work(self, name: str = "ben") -> Iterator["AtWork"]:
        """Somebody who works meanwhile, from another address."""
        person = AtWork(self, name)
        person.start()
        try:
            yield person
        finally:
            person.is_over = True
            person.join(20)


class AtWork(threading.Thread):
    """Reads a page and says something by turns, on connections of their own, and notes how long each takes."""

    def __init__(self, house: House, name: str) -> None:
        super().__init__(daemon=True)
        self.house, self.name_ = house, name
        self.took: list[float] = []
        self.is_over = False

    def run(self) -> None:
        headers = {"Authorization": f"Bearer {self.house.tokens[self.name_]}"}
        url = f"ws://127.0.0.1:{self.house.port}/ws/project/{self.house.project}/?as=data"
        with connect(url, additional_headers=headers) as socket:
            while not self.is_over:
                for act in (self.read, lambda: self.say(socket)):
                    began = time.perf_counter()
                    act()
                    self.took.append(time.perf_counter() - began)
                time.sleep(0.03)

    def read(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        name, value = self.house.people[self.name_]["cookie"]
        line.request("GET", "/p/web/lines", headers={"Cookie": f"{name}={value}"})
        assert line.getresponse().status == 200
        line.close()

    def say(self, socket) -> None:
        nonce = str(uuid4())
        socket.send(json.dumps({"type": "say", "nonce": nonce, "text": "as usual"}))
        while json.loads(socket.recv(timeout=20)).get("nonce") != nonce:
            pass

    @property
    def p95(self) -> float:
        """Milliseconds; of 20 at least, so that it means something."""
        assert len(self.took) > 20, "somebody was at work"
        return quantiles(self.took, n=20)[-1] * 1000


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ExitStack() as stack:
        seeder = Seeder(stack.enter_context(Server()))
        stack.callback(seeder.end)
        yield House(seeder.server, seeder)
