"""Says: how many are stored in a second, and how soon each is acknowledged."""

from dataclasses import dataclass
from typing import Any

from bench import targets
from bench.plan import Plan
from bench.targets import Target
from tests.services import services

MEMBERS = 16
STEADY = 100  # says a second
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

ONE, PG_ONE, PG_TWO = (
    "SQLite, 1 process",
    "PostgreSQL and Valkey, 1 process",
    "PostgreSQL and Valkey, 2 processes",
)


@dataclass
class Says:
    """At full speed, and at a steady rate."""

    full: dict[str, Any]
    steady: dict[str, Any]


def measure(plan: Plan) -> dict[str, Says]:
    """By database and number of processes."""
    with targets.product(ONE) as server:
        found = {ONE: _said(server, plan)}
    if not plan.with_services:
        return found
    for name, workers in ((PG_ONE, "1"), (PG_TWO, "2")):
        with services(**DURABLE) as env, targets.product(name, WORKERS=workers, **env) as server:
            found[name] = _said(server, plan)
    return found


def _said(server: Target, plan: Plan) -> Says:
    server.do("open", sockets=MEMBERS)
    return Says(
        server.do("full", seconds=plan.seconds, senders=MEMBERS),
        server.do("steady", rate=STEADY, seconds=plan.seconds, senders=MEMBERS),
    )
