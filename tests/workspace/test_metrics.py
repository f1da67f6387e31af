"""What is counted, and who may look at it."""

import asyncio
import json
import re
import time
from uuid import uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.exceptions import ImproperlyConfigured
from prometheus_client.parser import text_string_to_metric_families

from workspace import metrics
from workspace.environment import token
from workspace.live import Frame
from workspace.metrics_page import MetricsPage, text
from workspace.room import Room
from workspace.sockets import QUEUE, Login, Socket

TOKEN = "a token of the monitoring"


def value(name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def status_of(settings, path: str, *headers: tuple[bytes, bytes]) -> int:
    """The status of a request; 418 when it went on to Django."""

    async def django(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})

    scope = {"type": "http", "path": path, "headers": list(headers)}
    return (await ApplicationCommunicator(MetricsPage(django), scope).receive_output())["status"]


@pytest.mark.parametrize(
    ("configured", "path", "header", "status"),
    [
        (TOKEN, "/metrics", f"Bearer {TOKEN}", 200),
        (TOKEN, "/metrics", f"Bearer {TOKEN}x", 418),
        (TOKEN, "/metrics", "Bearer ", 418),
        (TOKEN, "/metrics", "", 418),
        (TOKEN, "/metrics/", f"Bearer {TOKEN}", 418),
        ("", "/metrics", "Bearer ", 418),
        ("", "/metrics", "", 418),
    ],
)
async def test_only_who_has_the_token_finds_anything(settings, configured, path, header, status):
    settings.METRICS_TOKEN = configured
    headers = [(b"authorization", header.encode())] if header else []
    assert await status_of(settings, path, *headers) == status


def test_anybody_else_finds_what_is_at_any_address_that_is_none(client, db):
    found, other = client.get("/metrics"), client.get("/nothing")
    assert found.status_code == other.status_code == 404
    hide = re.compile(rb'nonce="[^"]*"|/metrics|/nothing')
    assert hide.sub(b"", found.content) == hide.sub(b"", other.content)


def test_a_token_that_can_be_guessed_is_refused(monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "short")
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN must have at least 16 characters"):
        token("METRICS_TOKEN")


def test_requests_are_counted_by_route_and_no_address_is_told(client, db):
    labels = {"method": "GET", "route": "/join/<str:code>", "status": "404"}
    before = value("loggia_http_requests_total", **labels)
    client.get("/join/a-code-that-is-secret")
    client.generic("BREW", "/healthz")
    assert value("loggia_http_requests_total", **labels) == before + 1
    assert value("loggia_http_requests_total", method="other", route="/healthz", status="405") >= 1
    page = text().decode()
    assert "a-code-that-is-secret" not in page
    assert "BREW" not in page


def test_the_page_is_what_prometheus_reads_with_memory_and_time_of_the_process():
    families = {family.name: family for family in text_string_to_metric_families(text().decode())}
    assert families["process_resident_memory_bytes"].samples[0].value > 10_000_000
    assert families["loggia_sockets"].type == "gauge"
    assert families["loggia_say_seconds"].type == "histogram"


def test_a_say_is_counted_by_its_answer_and_a_refusal_by_its_code():
    before = value("loggia_refused_frames_total", code="unknown_task")
    metrics.said(time.perf_counter() - 0.2, {"type": "refused", "code": "unknown_task"})
    assert value("loggia_refused_frames_total", code="unknown_task") == before + 1
    assert value("loggia_says_total", answer="refused") >= 1
    assert value("loggia_say_seconds_bucket", le="0.3") > value("loggia_say_seconds_bucket", le="0.1")


async def test_the_way_from_the_bell_is_timed_also_when_an_older_release_rings_it():
    room, frame = Room(1), list(Frame(1, "{}", "{}"))
    room.start(0)
    before = value("loggia_hub_lag_seconds_count")
    room.receive({"type": "frames", "frames": [frame], "seq": 1, "at": time.time() - 0.004})
    room.receive({"type": "frames", "frames": [], "seq": 1})
    assert value("loggia_hub_lag_seconds_count") == before + 1


async def test_a_reader_that_is_closed_for_being_slow_is_counted():
    before = value("loggia_slow_readers_total")

    async def send(_message):
        await asyncio.Event().wait()

    socket = Socket(send, Login(1), 1, as_data=True)
    for _ in range(QUEUE + 2):
        socket.send("{}")
    socket._writer.cancel()
    await asyncio.sleep(0)
    assert value("loggia_slow_readers_total") == before + 1


def test_no_label_can_hold_what_people_write(alice, client):
    """Every label of every series is one of these, and these are codes, patterns, numbers and methods."""
    client.force_login(alice.user)
    client.get(f"/search?q={uuid4()}")
    allowed = {"answer", "code", "method", "route", "status", "le", "pid"}
    families = text_string_to_metric_families(text().decode())
    assert {label for family in families for sample in family.samples for label in sample.labels} <= allowed
    assert "Web relaunch" not in text().decode()
    assert json.dumps(alice.user.handle) not in text().decode()
