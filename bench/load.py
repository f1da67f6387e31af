"""The load: many sockets at one server, in a process of its own that reads jobs and writes results, a line of JSON each.

python -m bench.load PORT '{"dialect": "tutorial", "paths": ["/ws/chat/room/"], "server": <process id>}'
"""

import asyncio
import itertools
import operator
import sys
import time
from typing import Any

import orjson
import uvloop

from bench.crowd import Crowd
from bench.dialects import dialect, number_in
from bench.processes import busy, cpu
from bench.spread import spread

SAMPLE = 10  # every tenth socket is read for latency
STUCK = 15.0  # seconds after which a message that has no answer counts as lost
QUIET = 0.3  # seconds without an event that mean all have arrived


class Load:
    """One method for each job."""

    def __init__(self, crowd: Crowd, server: int) -> None:
        self.crowd, self.server = crowd, server
        self.numbers = itertools.count(int(time.time()) % 90_000 * 100 + 1)

    async def open(self, sockets: int) -> dict[str, Any]:
        """Have so many sockets open, more or fewer than before."""
        began = time.perf_counter()
        await self.crowd.resize(sockets)
        return {"sockets": sockets, "seconds": time.perf_counter() - began}

    async def full(self, seconds: float, senders: int = 16, warm: float = 0.7) -> dict[str, Any]:
        """So many members say what they can, each waiting for its answer: how much is delivered and answered."""
        talk = FullSpeed(self, senders)
        talk.start()
        await asyncio.sleep(warm)
        before = self._now(talk)
        await asyncio.sleep(seconds)
        since = dict(zip(before, map(operator.sub, self._now(talk).values(), before.values()), strict=True))
        said = talk.took[int(before["says"]) :]
        talk.is_over = True
        await self.calm()
        passed = since.pop("passed")
        rates = {name: many / passed for name, many in since.items()}
        return rates | {"lost": talk.lost, "closed": self.crowd.tally.closed} | spread(said)

    def _now(self, talk: "FullSpeed") -> dict[str, float]:
        """Counters that only grow: deliveries, says, and processor seconds of the server, of this load and of everything."""
        return {
            "passed": time.perf_counter(),
            "deliveries": self.crowd.tally.events,
            "says": len(talk.took),
            "cpu": cpu(self.server),
            "load": time.process_time(),
            "machine": busy(),
        }

    async def steady(self, rate: float, seconds: float, senders: int = 16) -> dict[str, Any]:
        """Messages at a fixed rate, whether or not the server keeps up: how late they are delivered and answered, and the
        server's processor seconds for each.
        """
        talk, before = Steady(self, senders), cpu(self.server)
        try:
            await talk.say_all(rate, seconds)
            await self.calm()
        finally:
            self.crowd.watch(None)
        expected = len(talk.due) * len(self.crowd.wires[::SAMPLE])
        arrived = len(talk.delivered) / expected if expected else 0.0
        late = {"delivered": spread(talk.delivered), "answered": spread(talk.answered)}
        return late | {"arrived": arrived, "cpu": (cpu(self.server) - before) / max(1, len(talk.due))}

    async def calm(self, most: float = 15.0) -> None:
        """Wait until nothing more arrives."""
        end, seen = time.monotonic() + most, -1
        while seen != self.crowd.tally.events and time.monotonic() < end:
            seen = self.crowd.tally.events
            await asyncio.sleep(QUIET)


class FullSpeed:
    """Senders of which each says the next message when the last was answered."""

    def __init__(self, load: Load, senders: int) -> None:
        self.numbers, self.dialect = load.numbers, load.crowd.dialect
        self.senders = load.crowd.wires[:senders]
        self.waiting: dict[int, tuple[int, float]] = {}  # for each sender: its message and when it was said
        self.took: list[float] = []
        self.lost = 0
        self.is_over = False

    def start(self) -> None:
        for index, wire in enumerate(self.senders):
            wire.watch = self._watcher(index)
            self._say(index)
        asyncio.get_running_loop().call_later(STUCK, self._look)

    def _watcher(self, index: int) -> Any:
        def watch(data: bytes, start: int, stop: int) -> None:
            number, since = self.waiting[index]
            if self.dialect.answered(data, start, stop) == number:
                self.took.append(time.perf_counter() - since)
                self._say(index)

        return watch

    def _say(self, index: int) -> None:
        if self.is_over:
            self.senders[index].watch = None
            return
        number = next(self.numbers)
        self.waiting[index] = number, time.perf_counter()
        self.senders[index].send(self.dialect.say(number))

    def _look(self) -> None:
        late = time.perf_counter() - STUCK
        for index, (_, since) in self.waiting.items():
            if since < late and not self.is_over:
                self.lost += 1
                self._say(index)
        if not self.is_over:
            asyncio.get_running_loop().call_later(STUCK, self._look)


class Steady:
    """Messages that are due at fixed moments; a delay counts from the moment at which the message was due."""

    def __init__(self, load: Load, senders: int) -> None:
        self.load, self.wires = load, load.crowd.wires
        self.senders = self.wires[:senders]
        self.due: dict[int, float] = {}
        self.delivered: list[float] = []
        self.answered: list[float] = []
        sampled = set(self.wires[::SAMPLE])
        for wire in {*self.senders, *sampled}:
            wire.watch = self._watcher(wire in sampled)

    async def say_all(self, rate: float, seconds: float) -> None:
        began = time.perf_counter()
        for index in range(int(rate * seconds)):
            due = began + index / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            number = next(self.load.numbers)
            self.due[number] = due
            self.senders[index % len(self.senders)].send(self.load.crowd.dialect.say(number))

    def _watcher(self, is_sampled: bool) -> Any:
        dialect, due = self.load.crowd.dialect, self.due

        def watch(data: bytes, start: int, stop: int) -> None:
            if data.startswith(dialect.prefix, start):
                number = number_in(data, start, stop)
                if is_sampled and number in due:
                    self.delivered.append(time.perf_counter() - due[number])
            elif (number := dialect.answered(data, start, stop)) in due:
                self.answered.append(time.perf_counter() - due[number])

        return watch


async def main(port: int, place: dict[str, Any]) -> None:
    """Do the jobs that come on standard input, until it ends."""
    load = Load(Crowd(port, dialect(place)), place["server"])
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        job = orjson.loads(line)
        result = await getattr(load, job.pop("do"))(**job)
        sys.stdout.buffer.write(orjson.dumps(result) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), orjson.loads(sys.argv[2])))
