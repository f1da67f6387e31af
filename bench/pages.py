"""Pages of a project with a long history: how long the server takes for them, and how many queries."""

import contextlib
import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote

import orjson

from bench import cores
from bench.plan import Plan
from bench.processes import cpu
from bench.spread import quantile
from tests.server import ROOT, Server
from tests.services import postgresql

WARM = 5  # requests that are not counted: they compile templates


@dataclass
class Page:
    """A page of a project with so many messages and open tasks; times in seconds."""

    name: str
    messages: int
    open_tasks: int
    p50: float
    p99: float
    cpu: float
    queries: int
    size: int


@dataclass
class Pages:
    """The pages, the seconds from the start of a server to its first answer, and how long searches took, by messages."""

    pages: list[Page]
    start: float
    searches: dict[int, list[float]]


def measure(plan: Plan) -> dict[str, Pages]:
    """The pages of two sample workspaces, a small and a large one, by database."""
    found = {"SQLite": _measure(plan, contextlib.nullcontext)}
    if plan.with_services:
        found["PostgreSQL"] = _measure(plan, postgresql)
    return found


def _measure(plan: Plan, database: Callable[[], AbstractContextManager[str | None]]) -> Pages:
    found = Pages([], math.inf, {})
    for messages, tasks in plan.histories:
        with database() as url, cores.on(cores.SERVER), _filled(url, messages, tasks) as server:
            found.start = min(found.start, _start(server))
            found.pages += _pages(server, messages, plan.requests)
            found.searches[messages] = _searches(server)
    return found


@contextlib.contextmanager
def _filled(url: str | None, messages: int, tasks: int) -> Iterator[Server]:
    """A server that has run once: collecting the static files, for one, is not what one waits for at each start."""
    server = Server(**({"DATABASE_URL": url} if url else {}))
    try:
        server.manage("migrate", "--verbosity", "0")
        server.manage("demo", f"--messages={messages}", f"--tasks={tasks}")
        server.start()
        server.stop()
        yield server
    finally:
        server.__exit__()


def _start(server: Server) -> float:
    began = time.perf_counter()
    server.start()
    return time.perf_counter() - began


def _pages(server: Server, messages: int, requests: int) -> Iterator[Page]:
    looked = subprocess.run(
        [sys.executable, "-m", "bench.look"], cwd=ROOT, env=server.env, check=True, stdout=subprocess.PIPE
    )
    seen = orjson.loads(looked.stdout.splitlines()[-1])
    for name, path in (("room", "/p/web-relaunch"), ("board", "/p/web-relaunch/board")):
        took, worked, size = _times(server, path, seen["cookie"], requests)
        yield Page(
            name,
            messages,
            seen["open"],
            quantile(took, 0.5),
            quantile(took, 0.99),
            worked,
            seen["queries"][path],
            size,
        )


# Words of the sample conversation: in most messages, in some, in few, in none; beginnings, phrases, several at once.
SOUGHT = (
    "the",
    "th",
    "page",
    "pa",
    "morning",
    "login",
    "font",
    "copy",
    "the page",
    '"the page"',
    "zebra",
    "review copy",
)


def _searches(server: Server) -> list[float]:
    """Seconds of each search in all projects, as a program asks for it."""
    token = server.manage("token", "yara@northlight.example").split()[-1]
    took = []
    with cores.on(cores.LOAD), closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        for words in SOUGHT * 5:
            began = time.perf_counter()
            connection.request(
                "GET", f"/api/v1/search?q={quote(words)}", headers={"Authorization": f"Bearer {token}"}
            )
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - began)
            if answer.status != 200:
                raise RuntimeError(f"A search answers {answer.status}.")
    return took


def _times(server: Server, path: str, cookie: str, requests: int) -> tuple[list[float], float, int]:
    """How long each request took, the processor time of one, and the size of the page."""
    assert server.process
    took: list[float] = []
    with cores.on(cores.LOAD), closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        for _ in range(WARM):
            size = _get(connection, path, cookie)
        before = cpu(server.process.pid)
        for _ in range(requests):
            began = time.perf_counter()
            _get(connection, path, cookie)
            took.append(time.perf_counter() - began)
        return took, (cpu(server.process.pid) - before) / requests, size


def _get(connection: HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}.")
    return size
