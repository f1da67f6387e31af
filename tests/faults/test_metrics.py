"""The numbers of a real server with two processes, one of which is killed."""

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from uuid import uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.sync.client import connect

from tests.browser.seeder import Seeder
from tests.faults.test_end import receive, send, workers
from tests.server import Server
from tests.services import services

TOKEN = "scraped-by-nobody-else"
Numbers = dict[tuple[str, str], float]


def numbers(server: Server, token: str = TOKEN) -> Numbers:
    """Each series by its name and the values of its labels."""
    request = urllib.request.Request(
        server.url + "/metrics", headers={"Authorization": f"Bearer {token}", "Host": "10.0.0.7:8000"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {(s.name, " ".join(s.labels.values())): s.value for f in families for s in f.samples}


def until(met: Callable[[Numbers], bool], server: Server) -> Numbers:
    end = time.monotonic() + 20
    while not met(found := numbers(server)) and time.monotonic() < end:
        time.sleep(0.1)
    assert met(found), found
    return found


def processes(found: Numbers) -> list[int]:
    return sorted(int(pid) for name, pid in found if name == "process_resident_memory_bytes")


def test_whichever_process_is_asked_tells_of_all_and_forgets_the_sockets_of_a_dead_one():
    with ExitStack() as stack:
        shared = stack.enter_context(services())
        server = stack.enter_context(Server(workers=2, METRICS_TOKEN=TOKEN, **shared))
        seed = Seeder(server)
        seed("person", name="Ana", handle="ana")
        project = seed("project", name="Web", key="WEB", slug="web", owner="ana", members={})["id"]
        headers = {"Authorization": f"Bearer {seed('token', handle='ana')}"}
        seed.end()
        url = f"ws://127.0.0.1:{server.port}/ws/project/{project}/?as=data"
        sockets = [stack.enter_context(connect(url, additional_headers=headers)) for _ in range(8)]
        for socket in sockets:
            send(socket, type="hello", after=None)
            receive(socket, "ready")
            send(socket, type="say", nonce=str(uuid4()), text="hello")
            send(socket, type="say", nonce=str(uuid4()), text="/done 99")
            assert receive(socket, "refused")["code"] == "unknown_task"

        found = until(lambda now: now["loggia_hub_lag_seconds_count", ""] >= 8, server)
        assert found["loggia_sockets", ""] == 8
        assert found["loggia_says_total", "ack"] == found["loggia_says_total", "refused"] == 8
        assert found["loggia_refused_frames_total", "unknown_task"] == 8
        assert found["loggia_say_seconds_count", ""] == 16
        assert found["loggia_database_hop_seconds_count", ""] >= 16
        before = workers(server)
        assert processes(found) == before

        for pid in before:
            os.kill(pid, signal.SIGKILL)
        left = until(lambda now: not set(processes(now)) & set(before), server)
        assert left["loggia_sockets", ""] == 0
        assert left["loggia_says_total", "ack"] == 8, "a counter never goes back"

        # Without the token Django answers, and that Host is none of its names.
        with pytest.raises(urllib.error.HTTPError, match="Bad Request"):
            numbers(server, "another-token-than-this")
