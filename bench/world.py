"""The way of a say through processes, database and Redis, as events in the order of time: a simulation."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True)
class Costs:
    """Seconds of one core, but for the waits. Where each comes from: docs/scale.md."""

    say: float = 0.00340  # in the process, one that is stored alone: `make bench`, at 100 a second
    commit: float = 0.00180  # of a core of PostgreSQL, one alone
    disk: float = 0.00050  # a wait, for the commit to be on it
    publish: float = 0.00005  # in the process that rings
    redis: float = 0.00001  # for each message, and 7 µs for each process that it goes to
    redis_each: float = 0.000007
    bell: float = 0.00008  # in each process that hears it
    write: float = 0.0000098  # for each socket: a delivery without a batch
    look: float = 0.0000134  # for each socket and second: whether it may still be here
    network: float = 0.0002  # a wait, between two machines in a room
    event: int = 1_500  # bytes to a browser for one event
    memory: int = 27_000  # bytes for an idle socket
    process: int = 110_000_000  # bytes of a process without sockets


@dataclass(frozen=True)
class Scenario:
    """So many people, each in one open project with so many others, each saying something so many times a minute."""

    name: str
    people: int
    in_project: int
    says_a_minute: float
    processes: int
    database_cores: int = 2
    databases: int = 1
    redises: int = 1
    is_routed: bool = False  # the sockets of a project go to one process, not to any
    seconds: float = 10.0


@dataclass
class Result:
    """Shares of what there is that were busy, and seconds that people waited."""

    busy: dict[str, float] = field(default_factory=dict)
    ack: list[float] = field(default_factory=list)
    delivery: list[float] = field(default_factory=list)

    @property
    def first(self) -> str:
        """What saturates first."""
        return max(self.busy, key=lambda name: self.busy[name])


class Line:
    """Servers with one queue: work begins when one of them is free."""

    def __init__(self, servers: int = 1) -> None:
        self._free = [0.0] * servers
        self.worked = 0.0

    def do(self, now: float, work: float, not_before: float = 0.0) -> float:
        """When work that comes now is done."""
        begins = max(now, heapq.heappop(self._free), not_before)
        heapq.heappush(self._free, begins + work)
        self.worked += work
        return begins + work


class World:
    """All machines of a scenario, and the events to come in the order of time."""

    def __init__(self, scenario: Scenario, costs: Costs, seed: int = 1) -> None:
        self.scenario, self.costs, self.chance = scenario, costs, random.Random(seed)
        self.processes = [Line() for _ in range(scenario.processes)]
        self.databases = [Line(scenario.database_cores) for _ in range(scenario.databases)]
        self.redises = [Line() for _ in range(scenario.redises)]
        self.projects = max(1, scenario.people // scenario.in_project)
        self.unlocked: dict[int, float] = {}  # when a project's last change has committed
        self.homes: dict[int, dict[int, int]] = {}
        self.result = Result()
        self._queue: list[tuple[float, int, Iterator[float]]] = []
        self._number = count()

    def run(self) -> Result:
        """Let it happen."""
        sc, costs = self.scenario, self.costs
        now, rate = 0.0, sc.people * sc.says_a_minute / 60
        while (now := now + self.chance.expovariate(rate)) < sc.seconds:
            self._later(now, self._say(now))
        sockets = sc.people / sc.processes
        for second in range(int(sc.seconds)):
            for process in self.processes:
                self._later(second + self.chance.random(), self._looks(process, sockets * costs.look))
        while self._queue:
            _, _, steps = heapq.heappop(self._queue)
            if (at := next(steps, None)) is not None:
                self._later(at, steps)
        self._weigh()
        return self.result

    def _later(self, at: float, steps: Iterator[float]) -> None:
        heapq.heappush(self._queue, (at, next(self._number), steps))

    def _say(self, said: float) -> Iterator[float]:
        """The steps of one say; each yields when it goes on."""
        costs, project = self.costs, self.chance.randrange(self.projects)
        homes = self._homes(project)
        process = self.processes[self.chance.choices(list(homes), list(homes.values()))[0]]
        yield (at := process.do(said, costs.say) + costs.network)
        database = self.databases[project % len(self.databases)]
        at = database.do(at, costs.commit, self.unlocked.get(project, 0.0)) + costs.disk
        self.unlocked[project] = at
        yield (at := at + costs.network)
        at = process.do(at, costs.publish)
        self.result.ack.append(at - said)
        yield (at := at + costs.network)
        redis = self.redises[project % len(self.redises)]
        at = redis.do(at, costs.redis + costs.redis_each * len(homes)) + costs.network
        for home, sockets in homes.items():
            self._later(at, self._hear(self.processes[home], sockets, at, said))

    def _hear(self, process: Line, sockets: int, at: float, said: float) -> Iterator[float]:
        done = process.do(at, self.costs.bell + sockets * self.costs.write)
        first = done - sockets * self.costs.write  # one socket is written to after the other
        self.result.delivery += [first + nth * self.costs.write - said for nth in range(1, sockets + 1)]
        yield done

    def _looks(self, process: Line, work: float) -> Iterator[float]:
        process.worked += (
            work  # in a thread beside: it takes time from the process, and holds up no delivery for long
        )
        return
        yield 0.0

    def _homes(self, project: int) -> dict[int, int]:
        """How many sockets of a project each process has."""
        if project not in self.homes:
            homes: dict[int, int] = {}
            size = min(self.scenario.in_project, self.scenario.people)
            for _ in range(size):
                home = project if self.scenario.is_routed else self.chance.randrange(1_000_000)
                homes[home % self.scenario.processes] = homes.get(home % self.scenario.processes, 0) + 1
            self.homes[project] = homes
        return self.homes[project]

    def _weigh(self) -> None:
        seconds = self.scenario.seconds
        for name, lines, servers in (
            ("processes", self.processes, 1),
            ("database", self.databases, self.scenario.database_cores),
            ("Redis", self.redises, 1),
        ):
            self.result.busy[name] = sum(line.worked for line in lines) / (len(lines) * servers * seconds)


def simulate(scenario: Scenario, costs: Costs | None = None) -> Result:
    """What happens in a scenario; the same each time."""
    return World(scenario, costs or Costs()).run()
