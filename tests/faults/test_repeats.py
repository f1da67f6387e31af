"""The same words sent several times at once, over several sockets and over HTTP, as clients do when an answer is lost."""

import asyncio
import random
from collections import Counter, defaultdict
from uuid import UUID

import pytest

from tests.browser.seeder import Seeder
from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.talkers import until
from tests.server import Server

MESSAGES = extent(100, 1_000)
COMMANDS = extent(60, 500)
MOST = 5  # times that one thing is sent
SOCKETS = 3
AT_ONCE = 40  # copies on their way
OVER_HTTP = 0.15  # of all copies


@pytest.fixture
def crowd(server: Server, seed: Seeder) -> Crowd:
    """Three sockets of one person."""
    crowd = Crowd(server, seed, SOCKETS)
    for talker in crowd.talkers:
        talker.headers = {"Authorization": f"Bearer {crowd.people[0].token}"}
    return crowd


class Copies:
    """What is said, each several times."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd, self.luck = crowd, random.Random(seed)
        self.texts: dict[str, str] = {}
        self.sent: Counter[str] = Counter()
        self._gate = asyncio.Semaphore(AT_ONCE)

    def add(self, text: str) -> None:
        self.texts[str(UUID(int=self.luck.getrandbits(128), version=4))] = text

    async def send(self, nonces: list[str], most: int = MOST) -> None:
        """Each of them up to `most` times, all mixed up, and wait for the answers."""
        counts = self.crowd.history.counts
        copies = [nonce for nonce in nonces for _ in range(self.luck.randint(1, most))]
        self.luck.shuffle(copies)
        self.sent.update(copies)
        await asyncio.gather(*(self._send(nonce) for nonce in copies))
        await until(lambda: counts["acked"] + counts["odd"] >= self.sent.total(), 60)

    def answers(self) -> dict[str, Counter[int]]:
        """For each nonce, how often which number was given as the answer."""
        given = defaultdict(Counter)
        for each in self.crowd.history.of("acked"):
            given[each.nonce][each.seq] += 1
        return given

    async def _send(self, nonce: str) -> None:
        async with self._gate:
            if self.luck.random() < OVER_HTTP:
                await asyncio.to_thread(self.crowd.bot.say, nonce, self.texts[nonce])
            else:
                talker = self.luck.choice(self.crowd.talkers)
                await talker.say(nonce, self.texts[nonce])
                await until(lambda: nonce not in talker.waiting, 60)


@pytest.mark.parametrize("environment", extent(["services"], ["sqlite", "services"]), indirect=True)
async def test_what_is_sent_several_times_happens_once_and_is_answered_alike_each_time(crowd, where):
    copies = Copies(crowd, seed=2)
    for number in range(MESSAGES):
        copies.add(f"words {number}")
    for number in range(COMMANDS):
        copies.add(f"/task Card {number}")
    before = len(crowd.log())

    async def repeated() -> None:
        await copies.send(list(copies.texts))
        await asyncio.to_thread(crowd.server.restart)  # no memory of a process is what it rests on
        assert await until(crowd.all_are_ready, 20)
        await copies.send(list(copies.texts), most=1)

    await crowd.during(repeated, pause=None)
    crowd.prove()
    log = crowd.log()
    seq_of = {row.nonce: row.seq for row in log if row.nonce}
    assert copies.answers() == {nonce: Counter({seq_of[nonce]: copies.sent[nonce]}) for nonce in copies.texts}
    effects = Counter(row.cause for row in log if row.cause)
    scripts = [seq_of[nonce] for nonce, text in copies.texts.items() if text.startswith("/")]
    assert effects == dict.fromkeys(scripts, 1), "each command has had one effect"
    assert len(log) - before == MESSAGES + 2 * COMMANDS
    by_http = sum(each.who == crowd.bot.name for each in crowd.history.of("acked"))
    tell(
        "R-02",
        f"{where}: {MESSAGES:,} messages and {COMMANDS:,} commands sent {copies.sent.total():,} times "
        f"over {SOCKETS} sockets and HTTP ({by_http:,}), also after a restart: one effect and one number each",
    )
