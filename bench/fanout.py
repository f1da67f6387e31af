"""Fan-out: how much reaches how many sockets, beside the tutorial's consumer and beside a bare server."""

import contextlib
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench import targets
from bench.plan import Plan
from bench.targets import Target
from tests.services import valkey

LOGGIA, REDIS, MEMORY, BARE = "Loggia", "tutorial, Redis", "tutorial, memory", "bare server"
SETTLE = 2.0  # seconds after which a server's memory is read
WARM = 50  # sockets that have come and gone before, so that what is loaded once does not count

Result = dict[str, Any]


@dataclass
class FanOut:
    """What was measured, by server and number of sockets."""

    full: dict[tuple[str, int], list[Result]] = field(default_factory=dict)
    steady: dict[tuple[str, int, int], Result] = field(default_factory=dict)
    idle: dict[str, float] = field(default_factory=dict)  # bytes for each idle socket

    def rate(self, name: str, size: int, key: str = "deliveries") -> float:
        """The middle of the rounds."""
        return median(result[key] for result in self.full[name, size])

    def ratio(self, name: str, other: str, size: int) -> float:
        """How often `name` delivers what `other` does: the middle of the rounds, each of which measured both."""
        pairs = zip(self.full[name, size], self.full[other, size], strict=True)
        return median(mine["deliveries"] / theirs["deliveries"] for mine, theirs in pairs)

    def per_cpu(self, name: str, size: int) -> float:
        """Deliveries for each second of processor time of the server; what other programs do counts for less here."""
        results = self.full[name, size]
        return median(result["deliveries"] / result["cpu"] for result in results if result["cpu"])


def measure(plan: Plan) -> FanOut:
    """Run all four servers, and measure them by turns."""
    found = FanOut()
    with contextlib.ExitStack() as stack:
        redis_url = stack.enter_context(valkey())
        servers = [
            stack.enter_context(server)
            for server in (
                targets.product(LOGGIA),
                targets.tutorial(REDIS, redis_url),
                targets.tutorial(MEMORY),
                targets.ceiling(BARE),
            )
        ]
        for server in servers:
            found.idle[server.name] = _idle(server, max(plan.sizes))
        for size in sorted(plan.sizes, reverse=True):
            _talk(servers, size, plan, found)
    return found


def _talk(servers: list[Target], size: int, plan: Plan, found: FanOut) -> None:
    for server in servers:
        server.do("open", sockets=size)
    for _ in range(plan.rounds):
        for server in servers:
            result = server.do("full", seconds=plan.seconds)
            found.full.setdefault((server.name, size), []).append(result)
    for rate in plan.rates:
        for server in servers:
            found.steady[server.name, size, rate] = server.do("steady", rate=rate, seconds=plan.seconds)


def _idle(server: Target, sockets: int) -> float:
    server.do("open", sockets=WARM)
    server.do("open", sockets=0)
    time.sleep(SETTLE)
    before = server.memory
    server.do("open", sockets=sockets)
    time.sleep(SETTLE)
    return (server.memory - before) / sockets
