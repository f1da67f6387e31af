"""`/metrics`, for who has `METRICS_TOKEN`. Anybody else finds there what is at any address that is none."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from workspace.login import bearer_of
from workspace.metrics import registry

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where several processes keep their numbers; `serve` makes it
PATH = "/metrics"


class MetricsPage:
    """Answers before Django does: a scraper comes by address, so its Host is none of ours."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if scope["path"] != PATH or not _may_look(scope):
            return await self.application(scope, receive, send)
        body = await asyncio.to_thread(text)
        headers = [(b"content-type", CONTENT_TYPE_LATEST.encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        return await send({"type": "http.response.body", "body": body})


def _may_look(scope: dict[str, Any]) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(bearer_of(scope), token)


def text() -> bytes:
    """All numbers of all processes behind this address, as Prometheus reads them."""
    processes = CollectorRegistry()
    processes.register(Processes())
    counted = registry
    if folder := os.environ.get(FOLDER):
        _forget_the_dead(Path(folder))
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(processes)


class Processes(Collector):
    """Processor time, memory and open files of each process, by its number."""

    def collect(self) -> Iterable[Metric]:
        found: dict[str, Metric] = {}
        for pid in _pids():
            for family in ProcessCollector(pid=lambda pid=pid: pid, registry=None).collect():  # type: ignore[misc]
                kept = found.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    kept.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        return found.values()


def _pids() -> list[int]:
    folder = os.environ.get(FOLDER)
    if not folder:
        return [os.getpid()]
    names = [path.stem.rpartition("_")[2] for path in Path(folder).glob("gauge_livesum_*.db")]
    return sorted(int(name) for name in names)


def _forget_the_dead(folder: Path) -> None:
    """What a killed process has counted stays, its open sockets do not."""
    for pid in _pids():
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
