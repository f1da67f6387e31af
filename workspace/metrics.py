"""What is counted for Prometheus. Labels have few values each: codes, routes and kinds; never names, never texts.

One process keeps its numbers in memory. Several share one socket, so a scrape reaches any of them: there each keeps its
numbers in a file of its own (prometheus-client's multiprocess mode), and the one that is asked adds up all files.
"""

from time import perf_counter, time
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

# Milliseconds matter up to the promises' 300 ms; above, it only matters how bad it is.
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 5.0)
METHODS = {"GET", "HEAD", "POST"}

registry = CollectorRegistry()
words: dict[str, Any] = {"namespace": "loggia", "registry": registry}

sockets = Gauge("sockets", "Open connections to projects.", multiprocess_mode="livesum", **words)
_says = Counter("says", "Says that came over sockets, by the type of their answer.", ["answer"], **words)
_say_seconds = Histogram("say_seconds", "From a say's frame to its answer.", buckets=QUICK, **words)
_refused = Counter("refused_frames", "Frames refused or in error, by code.", ["code"], **words)
_hub_lag = Histogram(
    "hub_lag_seconds", "From the bell after a commit to the hand-out to sockets.", buckets=QUICK, **words
)
_healed = Counter("healed_events", "Events that the bell lost and that were read from the log.", **words)
slow_readers = Counter(
    "slow_readers", "Connections closed with 4408, as they did not read fast enough.", **words
)
_hops = Histogram(
    "database_hop_seconds", "From the event loop through the database and back.", buckets=QUICK, **words
)
_requests = Counter("http_requests", "Requests, by route and status.", ["method", "route", "status"], **words)
_request_seconds = Histogram(
    "http_request_seconds", "Time to answer a request, by route.", ["route"], buckets=QUICK, **words
)

# Kept, as looking one up costs more than counting. A series that begins at zero can be compared from the start.
_says_by_answer = {answer: _says.labels(answer) for answer in ("ack", "answer", "refused")}


def said(began: float, frame: dict[str, Any]) -> None:
    """A say that came at `began` (`perf_counter`) is answered with this frame."""
    _say_seconds.observe(perf_counter() - began)
    _says_by_answer[frame["type"]].inc()
    if frame["type"] == "refused":
        refused(frame["code"])


def refused(code: str) -> None:
    """A frame was refused or failed."""
    _refused.labels(code).inc()


def handed_out(message: dict[str, Any]) -> None:
    """The frames of a message of the bell are with their sockets."""
    if rung_at := message.get("at"):  # a process of an older release does not say when
        _hub_lag.observe(max(0.0, time() - rung_at))


def healed(events: int) -> None:
    """So many events had to be read from the log."""
    _healed.inc(events)


def hopped(began: float) -> None:
    """A call into the database that was made at `began` is back."""
    _hops.observe(perf_counter() - began)


def answered(method: str | None, route: str, status: int, began: float) -> None:
    """A request that came at `began` is answered."""
    known = method if method in METHODS else "other"
    _requests.labels(known, route, status).inc()
    _request_seconds.labels(route).observe(perf_counter() - began)
