"""Valkey dies, stands still, forgets, is slow or falls silent under load: it only rings the bell, the log is the truth."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import pytest

from tests.browser.seeder import Seeder
from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.history import percentile
from tests.faults.talkers import until
from tests.faults.valkey import Valkey
from tests.server import Server
from tests.services import postgresql

BEFORE = extent(0.5, 3)  # seconds of talk before the fault
PROMPT = 1.0  # seconds: p95 of the answers to what is said meanwhile
BACK = 5.0  # seconds after it is back until everybody has heard what was said meanwhile
DEAF = 10.0  # seconds for which an open socket may not tell of an event
RINGS = 20.0  # seconds after it is back until it rings again: until then, events come by looking


@dataclass
class Fault:
    """What is done to Valkey, for how long, and how it ends."""

    name: str
    begin: str
    seconds: float
    end: str


FAULTS = [
    Fault("killed", "kill", 3, "start"),
    Fault("standing still", "stop", extent(2, 30), "go_on"),
    Fault("flushed", "forget", 0.5, "stay"),
    Fault("slow", "be_slow", extent(2, 20), "be_quick"),
    Fault("silent", "fall_silent", extent(2, 30), "come_back"),
    *extent([], [Fault("killed for long", "kill", 20, "start")]),
]


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    with tempfile.TemporaryDirectory(prefix="loggia-v-", dir="/tmp") as folder:
        valkey = Valkey(Path(folder))
        valkey.start()
        yield valkey
        valkey.kill()


@pytest.fixture(scope="module")
def server(valkey: Valkey) -> Iterator[Server]:
    """Two processes on PostgreSQL, and Valkey behind its wire."""
    redis_url = f"redis://127.0.0.1:{valkey.wire.port}"
    with postgresql() as database_url:
        with Server(workers=2, DATABASE_URL=database_url, REDIS_URL=redis_url) as server:
            yield server


@pytest.fixture(scope="module")
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


@pytest.fixture
def crowd(server: Server, seed: Seeder, valkey: Valkey) -> Iterator[Crowd]:
    with ExitStack() as stack:
        stack.callback(valkey.go_on)
        yield Crowd(server, seed)


async def rings(crowd: Crowd) -> float:
    """Seconds until what only the channel layer carries comes to everybody again."""
    began = time.time()
    wanted = {
        each.name for each in crowd.talkers[1::2]
    }  # nobody sees himself typing, on another socket neither

    def seen() -> set[str]:
        return {each.who for each in crowd.history.of("saw typing") if each.at > began}

    for typist in cycle(crowd.talkers[::2]):
        await typist.type()
        if await until(lambda: wanted <= seen(), 0.5) or time.time() - began > RINGS:
            break
    missing = wanted - seen()
    assert not missing, f"{RINGS:.0f} s after it is back, no bell is heard by {sorted(missing)}"
    return time.time() - began


async def call(crowd: Crowd, silent: asyncio.Event) -> None:
    """Have the bot say things until it is to be silent."""
    while not silent.is_set():
        await asyncio.to_thread(crowd.bot.say, str(uuid4()), "beep")
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.name} {fault.seconds:g} s")
async def test_says_go_on_and_nobody_stays_deaf_when_valkey_is(crowd, valkey, fault):
    began = back = bell = 0.0

    async def faulty() -> None:
        nonlocal began, back, bell
        await rings(crowd)
        await asyncio.sleep(BEFORE)
        began = time.time()
        silent = asyncio.Event()
        bot = asyncio.create_task(call(crowd, silent))
        await asyncio.to_thread(getattr(valkey, fault.begin))
        await asyncio.sleep(fault.seconds)
        await asyncio.to_thread(getattr(valkey, fault.end))
        back = time.time()
        bell = await rings(crowd)
        silent.set()
        await bot

    took = await crowd.during(faulty)
    acked, log = crowd.prove(), crowd.log()
    answers = crowd.history.answer_times(began, back)
    by_http = percentile(crowd.history.answer_times(began, back, crowd.bot.name), 0.95)
    prompt, silence = percentile(answers, 0.95), max(crowd.history.silences(log).values())
    converged = crowd.history.convergence(log, back)
    tell(
        "R-05",
        f"{fault.name} for {fault.seconds:g} s: {len(answers)} of {acked} says came meanwhile, p95 of the acks "
        f"{prompt:.3f} s (over HTTP {by_http:.3f} s), longest wait for an event {silence:.2f} s, "
        f"everybody has everything {converged:.2f} s after it is back, the bell rings again after {bell:.1f} s",
    )
    assert len(answers) > 8 * fault.seconds, "says are acknowledged meanwhile"
    crowd.keeps(PROMPT, prompt, "an acknowledgement (p95)")
    crowd.keeps(PROMPT, by_http, "an acknowledgement over HTTP (p95)")
    crowd.keeps(DEAF, silence, "to hear of one event")
    crowd.keeps(BACK, converged, "to hear everything after it was back")
    crowd.keeps(BACK, took, "to hear everything after the last word")


@pytest.mark.parametrize("fault", FAULTS[1::3], ids=lambda fault: fault.name)
async def test_who_comes_while_valkey_is_away_is_served(server, crowd, valkey, fault):
    await asyncio.to_thread(server.restart)  # nobody is there yet, and nothing is subscribed to
    await asyncio.to_thread(getattr(valkey, fault.begin))
    came = time.time()

    async def away() -> None:
        tell("R-05", f"{fault.name}: who comes meanwhile is served within {time.time() - came:.2f} s")
        await crowd.hears(40)
        await asyncio.to_thread(getattr(valkey, fault.end))
        await rings(crowd)

    took = await crowd.during(away, ready=DEAF)
    crowd.prove()
    crowd.keeps(DEAF, max(crowd.history.silences(crowd.log()).values()), "to hear of one event")
    crowd.keeps(BACK, took, "to hear everything after the last word")
