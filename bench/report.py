"""Prints what was measured: tables, and below each what was the goal."""

import math

from bench import cores, says
from bench.fanout import BARE, LOGGIA, MEMORY, REDIS, FanOut
from bench.pages import Pages
from bench.plan import Plan
from bench.spread import quantile

SERVERS = (LOGGIA, REDIS, MEMORY, BARE)


class Goals:
    """Every goal, and whether it was met."""

    def __init__(self) -> None:
        self.missed = 0

    def check(self, sentence: str, is_met: bool) -> None:
        """Print a goal."""
        self.missed += not is_met
        print(f"  {'met    ' if is_met else 'NOT MET'}  {sentence}")


def head(title: str, *columns: str) -> None:
    print(f"\n{title}")
    row("", *columns)


def row(name: str, *cells: str) -> None:
    print(f"  {name:<34}" + "".join(f"{cell:>20}" for cell in cells))


def times(result: dict[str, float | None]) -> str:
    """The middle and the slow end in milliseconds."""
    p50, p99 = result["p50"], result["p99"]
    return "nothing came" if p50 is None or p99 is None else f"{p50:,.1f} / {p99:,.1f}"


def fan_out(found: FanOut, plan: Plan, goals: Goals) -> None:
    """Deliveries, delays and memory, the four servers side by side."""
    head("Deliveries a second, 16 members who each wait for their answer", *SERVERS)
    for size in plan.sizes:
        row(f"{size:,} sockets", *(f"{found.rate(name, size):,.0f}" for name in SERVERS))
        row("  of these messages", *(f"{found.rate(name, size, 'says'):,.1f}" for name in SERVERS))
        row("  a second of processor time", *(f"{found.per_cpu(name, size):,.0f}" for name in SERVERS))
        row("  messages without an answer", *(f"{found.rate(name, size, 'lost'):,.0f}" for name in SERVERS))
    for size in plan.sizes:
        ratio, share = found.ratio(LOGGIA, REDIS, size), found.ratio(LOGGIA, BARE, size)
        goals.check(f"{size:,} sockets: {ratio:.1f} times the tutorial's consumer (goal 15)", ratio >= 15)
        goals.check(f"{size:,} sockets: {share:.0%} of the bare server (goal 75 %)", share >= 0.75)
    head("Delay of a delivery, p50 / p99 in ms", *SERVERS)
    for size in plan.sizes:
        for rate in plan.rates:
            cells = [found.steady[name, size, rate] for name in SERVERS]
            row(f"{size:,} sockets, {rate} messages a second", *(times(cell["delivered"]) for cell in cells))
            if any(cell["arrived"] < 1 for cell in cells):
                row("  of which arrived in time", *(f"{cell['arrived']:.0%}" for cell in cells))
    size, rate = min(plan.sizes), max(plan.rates)
    seen = found.steady[LOGGIA, size, rate]["delivered"]["p99"] or math.inf
    goals.check(
        f"{size} others see a say in {seen:.0f} ms, p99 at {rate} a second (goal: under 25)", seen < 25
    )
    head("Memory of an idle socket, kB", *SERVERS)
    row(f"{max(plan.sizes):,} sockets", *(f"{found.idle[name] / 1024:,.1f}" for name in SERVERS))
    own = found.idle[LOGGIA] / 1024
    goals.check(f"{own:.1f} kB for an idle socket (goal: at most 30)", own <= 30)


def stored(found: dict[str, says.Says], goals: Goals) -> None:
    """Says that are committed to the database, and when their authors know."""
    columns = (
        "says a second",
        "of processor time",
        "ack p50 / p99 ms",
        f"at {says.STEADY}/s",
        "processor ms each",
        "cores it/load/rest",
    )
    head("Stored says, 16 members of each project at once", *columns)
    for name, measured in found.items():
        row(name, *_cells(measured))
    rate, p99 = found[says.ONE].full["says"], found[says.ONE].steady["answered"]["p99"]
    goals.check(f"{rate:,.0f} says a second on SQLite in one process (goal 1,000)", rate >= 1_000)
    if says.PG_ONE in found:
        on_postgresql = found[says.PG_ONE].full["says"]
        sentence = f"{on_postgresql:,.0f} says a second on PostgreSQL in one process (goal 800)"
        goals.check(sentence, on_postgresql >= 800)
        _gain("one project", found[says.PG_ONE].full, found[says.PG_TWO].full, goals)
        _gain(f"{says.PROJECTS} projects", found[says.PG_ONE_OF].full, found[says.PG_TWO_OF].full, goals)
    late = "none came" if p99 is None else f"{p99:.0f} ms"
    goals.check(
        f"acknowledged p99 {late} at {says.STEADY} a second (goal: under 100)", bool(p99 and p99 < 100)
    )


def _cells(measured: says.Says) -> tuple[str, ...]:
    full, steady = measured.full, measured.steady
    per_cpu = full["says"] / full["cpu"] if full["cpu"] else 0.0
    rest = full["machine"] - full["cpu"] - full["load"]  # the database, Valkey, and whoever else is here
    spent = f"{full['cpu']:.2f} + {full['load']:.2f} + {rest:.2f}"
    at_full = f"{full['says']:,.0f}", f"{per_cpu:,.0f}", times(full)
    return *at_full, times(steady["answered"]), f"{1000 * steady['cpu']:.2f}", spent


def _gain(where: str, one: dict[str, float], two: dict[str, float], goals: Goals) -> None:
    gain, busy = two["says"] / one["says"], f"{one['machine']:.1f} and {two['machine']:.1f} cores busy"
    goals.check(
        f"{where}: two processes {gain:.2f} times one, {busy} (goal 1.7, with cores to spare)", gain >= 1.7
    )


def pages(found: dict[str, Pages], goals: Goals) -> None:
    """Pages of short and long histories, by database."""
    for database, measured in found.items():
        _pages(database, measured, goals)
        _searches(database, measured, goals)


def _pages(database: str, found: Pages, goals: Goals) -> None:
    head(f"Pages, {database}", "p50 / p99 ms", "processor ms", "queries", "kB of HTML")
    for page in found.pages:
        name = f"{page.name}: {page.messages:,} messages, {page.open_tasks:,} open"
        row(
            name,
            f"{1000 * page.p50:.1f} / {1000 * page.p99:.1f}",
            f"{1000 * page.cpu:.1f}",
            str(page.queries),
            f"{page.size / 1024:,.0f}",
        )
    row("from start to first answer, s", f"{found.start:.2f}")
    slowest = 1000 * max(page.p50 for page in found.pages)
    goals.check(f"slowest page p50 {slowest:.0f} ms (goal: under 40)", slowest < 40)
    for name in ("room", "board"):
        short, *_, long = (page.p50 for page in found.pages if page.name == name)
        goals.check(
            f"{name}: the long history takes {long / short:.2f} times (goal: within 20 %)",
            long <= 1.2 * short,
        )
    counts = {name: {page.queries for page in found.pages if page.name == name} for name in ("room", "board")}
    goals.check("no query count grows with the history", all(len(count) == 1 for count in counts.values()))


def _searches(database: str, found: Pages, goals: Goals) -> None:
    head(f"Search, {database}", "p50 / p95 ms")
    for messages, took in found.searches.items():
        row(f"{messages:,} messages", f"{1000 * quantile(took, 0.5):.1f} / {1000 * quantile(took, 0.95):.1f}")
        goals.check("a search p95 under 150 ms", quantile(took, 0.95) < 0.15)


def noise(load: float) -> None:
    """Say when the figures are worth less."""
    if load > 1:
        print(
            f"\nThe machine was busy with other things at the start (load {load:.1f}): trust the ratios, repeat the rest."
        )
    if len(cores.CORES) < 2:
        print("\nThere is one core only: the load took from the servers what they were measured by.")
