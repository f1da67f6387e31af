"""Looks at what the server talks to: the database, Redis or Valkey, the mail server, and their clocks."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from smtplib import SMTPException
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import connection

from workspace import preflight
from workspace.doctor.finding import Finding, fault, warning
from workspace.models import Event

SLOW = 0.02  # seconds for a question that asks nothing
APART, FAR_APART = 2.0, 60.0  # seconds between two clocks
OLDEST_POSTGRESQL, OLDEST_REDIS = 14, 6
KEEP_TIME = "Run NTP (chrony, systemd-timesyncd) on both machines."


def database() -> Iterator[Finding]:
    """The database answers."""
    try:
        preflight.database()
    except ImproperlyConfigured as error:
        yield fault(str(error), "Start it, or mend DATABASE_URL.")


def database_speed() -> Iterator[Finding]:
    """It is a version that this release knows, and near."""
    if connection.vendor == "postgresql":
        major = int(_ask("SHOW server_version_num")) // 10_000
        if major < OLDEST_POSTGRESQL:
            yield fault(f"PostgreSQL is {major}.", f"Upgrade it to {OLDEST_POSTGRESQL} or newer.")
    if (took := _typical(lambda: _ask("SELECT 1"))) > SLOW:
        yield warning(
            f"The database needs {1000 * took:.0f} ms to answer SELECT 1, and every say asks it several times.",
            "Bring it nearer, on the same machine or in the same room.",
        )


def redis() -> Iterator[Finding]:
    """Redis or Valkey answers, is recent and near."""
    if not settings.REDIS_URL:
        return
    try:
        preflight.redis(settings.REDIS_URL)
    except ImproperlyConfigured as error:
        yield fault(str(error), "Start it, or mend REDIS_URL; until then news arrives late.")
        return
    from redis import Redis

    with Redis.from_url(settings.REDIS_URL, socket_timeout=preflight.WAIT) as client:
        version = str(client.info("server")["redis_version"])
        took, now = _typical(client.ping), float(client.time()[0])
    if int(version.partition(".")[0]) < OLDEST_REDIS:
        yield fault(f"Redis is {version}.", f"Upgrade it to {OLDEST_REDIS} or newer, or use Valkey.")
    if took > SLOW:
        yield warning(
            f"Redis needs {1000 * took:.0f} ms to answer.", "Bring it nearer: every event passes through it."
        )
    yield from _compared("Redis", now)


def mail_server() -> Iterator[Finding]:
    """The mail server lets us in."""
    if not settings.MAIL:
        return
    try:
        with get_connection(fail_silently=False):
            pass
    except (OSError, SMTPException) as error:
        yield fault(
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take us: {type(error).__name__}.",
            "Mend SMTP_URL, or look at the mail server; until then no reset link and no code arrives.",
        )


def clocks_beside() -> Iterator[Finding]:
    """The clock of the disk, which is another machine's where the disk is."""
    with suppress(OSError), NamedTemporaryFile(dir=settings.DATA_DIR) as file:
        yield from _compared("the disk", Path(file.name).stat().st_mtime)


def database_clock() -> Iterator[Finding]:
    """The database's clock, and that by which the newest event was written."""
    if connection.vendor == "postgresql":
        yield from _compared("the database", _ask("SELECT clock_timestamp()").timestamp())
    newest: datetime | None = None
    with suppress(Exception):  # a database before its first migration
        newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest and newest.timestamp() - time.time() > APART:
        yield warning(
            f"The newest event is dated {newest:%Y-%m-%d %H:%M} UTC, which is yet to come: a clock was put back.",
            KEEP_TIME,
        )


def _compared(whose: str, moment: float) -> Iterator[Finding]:
    apart = moment - time.time()
    if abs(apart) > APART:
        make = fault if abs(apart) > FAR_APART else warning
        way = "ahead of" if apart > 0 else "behind"
        yield make(f"The clock of {whose} is {abs(apart):.0f} s {way} this machine's.", KEEP_TIME)


def _ask(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _typical(ask: Callable[[], object]) -> float:
    """Seconds that a question takes: the middle of five."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return median(times)
