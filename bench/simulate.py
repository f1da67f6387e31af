"""How far the design carries: what `bench/world.py` makes of measured costs and of more people than fit here.

python -m bench.simulate        prints each scenario, the same each time
"""

import sys

from bench.world import Costs, Scenario, simulate

LOCAL = Costs(network=0.0, commit=0.0, disk=0.0005, publish=0.0, redis=0.0, redis_each=0.0, bell=0.0)
# As `make bench` measures them: one process on SQLite, everything on one machine.
MEASURED = (
    (Scenario("200 sockets, 5 says a second", 200, 200, 1.5, 1, seconds=20), "5.7 / 10.6"),
    (Scenario("200 sockets, 20 says a second", 200, 200, 6, 1, seconds=20), "4.9 / 17.2"),
    (Scenario("1,000 sockets, 5 says a second", 1_000, 1_000, 0.3, 1, seconds=20), "10.1 / 18.0"),
    (Scenario("1,000 sockets, 20 says a second", 1_000, 1_000, 1.2, 1, seconds=20), "8.3 / 16.5"),
)
PEOPLE = (
    Scenario("100 people, one process", 100, 25, 1, 1, seconds=60),
    Scenario("10,000 people, 4 processes", 10_000, 25, 1, 4),
    Scenario("10,000 in one project, 4 processes", 10_000, 10_000, 0.03, 4),
    Scenario("100,000 people, 24 processes", 100_000, 25, 1, 24, database_cores=4, seconds=4),
    Scenario("100,000 people, 16, routed", 100_000, 25, 1, 16, database_cores=4, is_routed=True, seconds=4),
    Scenario("1,000,000 people, 200, one database", 1_000_000, 25, 1, 200, database_cores=16, redises=8, seconds=1),
    Scenario(
        "1,000,000 people, 128, routed, 8 shards", 1_000_000, 25, 1, 128, 8,
        databases=8, redises=8, is_routed=True, seconds=1,
    ),
)  # fmt: skip


def at(values: list[float], share: float) -> float:
    """The value that `share` of all are below, in milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def main() -> int:
    """Print the tables."""
    print("Against what is measured (p50 / p99 of a delivery in ms)")
    for scenario, measured in MEASURED:
        found = simulate(scenario, LOCAL).delivery
        print(
            f"  {scenario.name:<42}simulated {at(found, 0.5):5.1f} / {at(found, 0.99):5.1f}   measured {measured}"
        )
    print(
        "\nBusy share of each part, and p50 / p99 in ms"
        + " " * 26
        + "ack          delivery    GB of sockets   Mbit/s"
    )
    for scenario in PEOPLE:
        found = simulate(scenario)
        shares = "  ".join(f"{name} {share:5.0%}" for name, share in found.busy.items())
        costs = Costs()
        memory = (scenario.people * costs.memory + scenario.processes * costs.process) / 1e9
        size = min(scenario.people, scenario.in_project)
        network = scenario.people * scenario.says_a_minute / 60 * size * costs.event * 8 / 1e6
        print(f"  {scenario.name}\n    {shares}  first: {found.first}", end="")
        print(f"    {at(found.ack, 0.5):6.1f} / {at(found.ack, 0.99):6.1f}", end="")
        print(
            f"  {at(found.delivery, 0.5):6.1f} / {at(found.delivery, 0.99):6.1f}  {memory:6.1f}  {network:9,.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
