"""What `serve` looks at before it serves. Each function raises `ImproperlyConfigured` with one sentence, ready to print."""

import contextlib
import errno
import resource
import socket
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from workspace.environment import number

MOST_WORKERS = 64
WAIT = 5  # seconds that a service has to answer


def workers(redis_url: str) -> int:
    """How many processes serve: `WORKERS`, more than one only where they can share what they know."""
    count = number("WORKERS", default=1, least=1, most=MOST_WORKERS)
    if count > 1 and not (connection.vendor == "postgresql" and redis_url):
        raise ImproperlyConfigured(
            f"WORKERS={count} needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL, or leave WORKERS at 1."
        )
    return count


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`. It is open before the first worker, so that no visitor is refused."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise ImproperlyConfigured(f"HOST {host!r} is not a name or an address of this machine.") from error
    opened = socket.socket(family, kind, protocol)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(address)
        opened.listen(2048)
    except OSError as error:
        opened.close()
        raise ImproperlyConfigured(_why_not(host, port, error)) from error
    opened.set_inheritable(True)
    return opened


def open_files() -> None:
    """As many open files, and with them connections, as the system lets this process have. Often it begins with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def data_dir(path: Path) -> None:
    """`path` is a directory that can be written."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR {path} cannot be written: {error.strerror}.") from error


def database() -> None:
    """The database answers."""
    try:
        if connection.vendor == "postgresql":
            _postgresql()
        else:
            connection.ensure_connection()
    except Exception as error:
        if not isinstance(error, DatabaseError) and not type(error).__module__.startswith("psycopg"):
            raise
        raise ImproperlyConfigured(f"The database does not answer: {_first_line(error)}.") from error


def redis(url: str) -> None:
    """Redis or Valkey answers, where one is asked for."""
    if not url:
        return
    from redis import Redis, RedisError

    place = urlsplit(url)
    try:
        with Redis.from_url(url, socket_connect_timeout=WAIT, socket_timeout=WAIT) as client:
            client.ping()
    except ValueError as error:
        raise ImproperlyConfigured(f"REDIS_URL cannot be read: {_first_line(error)}.") from error
    except RedisError as error:
        where = f"{place.hostname}:{place.port or 6379}" if place.hostname else place.path
        raise ImproperlyConfigured(f"Redis at {where} does not answer: {_first_line(error)}.") from error


def _postgresql() -> None:
    """Asks past the pool, which would wait for its time-out and not say why."""
    import psycopg

    words: dict[str, Any] = {
        key: value for key, value in connection.get_connection_params().items() if isinstance(value, str)
    }
    psycopg.connect(**words | {"connect_timeout": WAIT}).close()


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use. Choose another: PORT={port + 1} make run."
    if error.errno == errno.EACCES:
        return f"Port {port} is not for this user. Choose one above 1023: PORT=8000 make run."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST {host} is not an address of this machine."
    return f"Port {port} on {host} cannot be opened: {error.strerror}."


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].strip().rstrip(".")
