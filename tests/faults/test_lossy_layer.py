"""A channel layer that loses three messages of ten and reorders one: it rings the bell, the log is the truth."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.history import percentile

SECONDS = extent(6, 120)
HEALED = 10.0  # seconds after the last word until everybody has heard everything


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    return environment | {"DJANGO_SETTINGS_MODULE": "tests.faults.lossy_settings"}


@pytest.mark.parametrize("environment", extent(["services"], ["sqlite", "services"]), indirect=True)
async def test_nothing_is_missed_shown_twice_or_late_when_the_bell_is_not_heard(server, seed, where):
    crowd = Crowd(server, seed)
    took = await crowd.during(lambda: asyncio.sleep(SECONDS))
    acked, log = crowd.prove(), crowd.log()
    fate = Counter((server.data_dir / "layer.log").read_text())
    prompt = percentile(crowd.history.answer_times(), 0.95)
    lost, late = fate["x"] / fate.total(), fate["~"] / fate.total()
    silence = max(crowd.history.silences(log).values())
    tell(
        "R-04",
        f"{where}: of {fate.total():,} messages of the layer {lost:.0%} lost and {late:.0%} "
        f"reordered, for {SECONDS} s; {acked:,} says, everybody has everything once and in order {took:.2f} s "
        f"after the last word; longest wait for an event {silence:.2f} s, ack p95 {prompt:.3f} s",
    )
    assert fate.total() > 50
    assert 0.2 < lost < 0.4, "the layer has lost what it was to lose"
    crowd.keeps(HEALED, took, "to hear everything after the last word")
    crowd.keeps(HEALED, silence, "to hear of one event")
