"""Devices whose networks are cut, silenced, thin or flapping, with the product's own client on them."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.faults.crowd import Crowd
from tests.faults.devices import Devices
from tests.faults.extent import IS_LONG, extent, tell
from tests.faults.proxy import Proxy
from tests.faults.talkers import until

DEVICES = extent(12, 200)
ROUNDS = extent(1, 3)
SECONDS = extent((1.0, 5.0), (1.0, 40.0))  # for which a network is away
FLAPS = extent(6, 30)
TALK = extent(0.5, 1.0)  # seconds between two says of each of those whose network is fine
SPEAKERS = extent(1, 4)  # every so many-th device says something while its network is away
NAP = extent(2, 60)  # seconds for which all of them sleep
BACK = 5.0  # seconds after the network is back until a device that notices has everything
UNTOLD = 45.0  # … and one whose system does not tell it so
KINDS = ("cut", "silent", "half back", "flapping", "thin")


@dataclass
class Trouble:
    """What one device goes through: when its network came back each time, and how often it did."""

    number: int
    wire: Proxy
    devices: Devices
    luck: random.Random
    back: list[tuple[str, float]] = field(default_factory=list)
    returns: int = 0

    @property
    def is_told(self) -> bool:
        """Whether the device's system notices that the network is back, as most do; the others are for patient tests."""
        return not IS_LONG or self.number % 7 < 6

    async def happen(self) -> None:
        for round_ in range(ROUNDS):
            kind = KINDS[(self.number + round_) % len(KINDS)]
            await asyncio.sleep(self.luck.uniform(0, 1))
            saying = asyncio.create_task(self._speak(f"device {self.number} in round {round_}"))
            await getattr(self, f"_{kind.replace(' ', '_')}")(self.luck.uniform(*SECONDS))
            self.back.append((kind, time.time()))
            await saying
            await asyncio.sleep(BACK if self.is_told else UNTOLD)

    async def _speak(self, text: str) -> None:
        await asyncio.sleep(self.luck.uniform(0, SECONDS[0]))
        if self.number % SPEAKERS == 0:
            self.devices.say(self.number, text)

    async def _cut(self, seconds: float) -> None:
        self.wire.cut()
        await asyncio.sleep(seconds)
        self._return()

    async def _silent(self, seconds: float) -> None:
        self.wire.fall_silent()
        await asyncio.sleep(seconds)
        self._return()

    async def _half_back(self, seconds: float) -> None:
        """There is a network again, but for a while nothing comes through it."""
        self.wire.cut()
        await asyncio.sleep(seconds / 2)
        self._return(is_through=False)
        await asyncio.sleep(seconds / 2)
        self._return()

    async def _flapping(self, _: float) -> None:
        for _ in range(FLAPS):
            self.wire.cut()
            await asyncio.sleep(self.luck.uniform(0.05, 0.4))
            self._return()
            await asyncio.sleep(self.luck.uniform(0.05, 0.8))

    async def _thin(self, seconds: float) -> None:
        self.wire.latency, self.wire.rate = 0.3, 10_000
        await asyncio.sleep(seconds)
        self.wire.latency, self.wire.rate = 0, 0

    def _return(self, *, is_through: bool = True) -> None:
        if is_through:
            self.wire.mend()
        else:
            self.wire.mend_without_a_word()
        self.returns += 1
        if self.is_told:
            self.devices.hurry(self.number)


@pytest.mark.parametrize("environment", extent(["sqlite"], ["sqlite", "services"]), indirect=True)
async def test_a_device_has_everything_soon_after_its_network_is_back_and_reads_it_once(server, seed, where):
    crowd = Crowd(server, seed, 2)
    async with Devices(crowd, DEVICES) as devices:
        troubles = [
            Trouble(number, wire, devices, random.Random(number)) for number, wire in enumerate(devices.wires)
        ]

        async def troubled() -> None:
            assert await until(lambda: len(set(greeted(crowd)) & set(devices.names)) == DEVICES, 30)
            await asyncio.gather(*(trouble.happen() for trouble in troubles))
            await until(lambda: not devices.waiting, 20)
            await sleep(crowd, devices, troubles)

        await crowd.during(troubled, pause=TALK)
        head = len(crowd.log())
        await until(lambda: set(devices.seqs.values()) == {head}, 20)
    crowd.prove()
    log, reads = crowd.log(), greeted(crowd)
    took = [
        (kind if trouble.is_told else f"{kind}, untold", name, crowd.history.convergence(log, at, name))
        for name, trouble in zip(devices.names, troubles, strict=True)
        for kind, at in trouble.back
    ]
    slowest = {kind: max(seconds for each, _, seconds in took if each == kind) for kind, _, _ in took}
    returns = sum(trouble.returns for trouble in troubles)
    extra = sum(reads.values()) - reads["talker 0"] - reads["talker 1"] - DEVICES
    tell(
        "R-07",
        f"{where}: {DEVICES} devices, networks back {returns} times, {len(log)} events; everybody has everything after at "
        f"most {', '.join(f'{seconds:.2f} s ({kind})' for kind, seconds in slowest.items())}; {extra} resume reads",
    )
    late = [case for case in took if case[2] > (UNTOLD if "untold" in case[0] else BACK)]
    assert late == [], "these were late, by so many seconds"
    greedy = {
        name: f"{reads[name]} reads, {trouble.returns} returns"
        for name, trouble in zip(devices.names, troubles, strict=True)
        if reads[name] > 1 + trouble.returns
    }
    assert greedy == {}, "one read each time the network is back, and one at the beginning"


async def sleep(crowd: Crowd, devices: Devices, troubles: list[Trouble]) -> None:
    """All of them are shut, and opened again."""
    devices.sleep()
    await asyncio.sleep(0.2)
    heard, said = len(devices.moments), crowd.talkers[0].seq
    await asyncio.sleep(NAP)
    assert len(devices.moments) == heard, "they sleep"
    assert crowd.talkers[0].seq > said, "and miss something"
    woke = time.time()
    devices.wake()
    for trouble in troubles:
        trouble.back.append(("asleep", woke))
        trouble.returns += 1
    await asyncio.sleep(BACK / 2)


def greeted(crowd: Crowd) -> Counter[str]:
    """How often each has asked for what it missed."""
    return Counter(each.who for each in crowd.history.of("greeted"))
