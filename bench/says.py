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

PROJECTS = 4

ONE, PG_ONE, PG_TWO, PG_ONE_OF, PG_TWO_OF = (
    "SQLite, 1 process",
    "PostgreSQL and Valkey, 1 process",
    "PostgreSQL and Valkey, 2 processes",
    f"PostgreSQL, 1 process, {PROJECTS} projects",
    f"PostgreSQL, 2 processes, {PROJECTS} projects",
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
    for name, workers, projects in (
        (PG_ONE, "1", 1),
        (PG_TWO, "2", 1),
        (PG_ONE_OF, "1", PROJECTS),
        (PG_TWO_OF, "2", PROJECTS),
    ):
        with services(**DURABLE) as env:
            people = projects * MEMBERS
            with targets.product(name, people=people, projects=projects, WORKERS=workers, **env) as server:
                found[name] = _said(server, plan, people)
    return found


def _said(server: Target, plan: Plan, members: int = MEMBERS) -> Says:
    server.do("open", sockets=members)
    return Says(
        server.do("full", seconds=plan.seconds, senders=members),
        server.do("steady", rate=STEADY, seconds=plan.seconds, senders=members),
    )
