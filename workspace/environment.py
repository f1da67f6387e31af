"""Reads the environment for `settings.py`. Each function returns a setting or raises `ImproperlyConfigured`."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;"
)
LEAST_TOKEN = 16


def secret_key(data_dir: Path) -> str:
    """The key from `SECRET_KEY`, or one that is made once and kept in `data_dir`, readable by its owner alone."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            _keep_secret(path, secrets.token_urlsafe(64))
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR {data_dir} cannot be used: {error.strerror}.") from error


def _keep_secret(path: Path, secret: str) -> None:
    """Writes the whole of it or nothing: two processes that start at once agree on one, and a crash leaves none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def number(name: str, default: int, least: int, most: int) -> int:
    """The whole number in the environment variable `name`."""
    text = os.environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ImproperlyConfigured(f"{name} must be a number from {least} to {most}, not {text[:40]!r}.")
    return int(text)


def token(name: str) -> str:
    """The secret in the environment variable `name`, or an empty text: what it opens is then closed to everybody."""
    text = os.environ.get(name, "").strip()
    if text and len(text) < LEAST_TOKEN:
        raise ImproperlyConfigured(f"{name} must have at least {LEAST_TOKEN} characters, or be left out.")
    return text


def public_url(text: str) -> str:
    """The origin that browsers know this server by, in its plain form, or an empty text where none is set."""
    text = text.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        is_origin = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        is_origin = False
    if text and not (is_origin and text == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc):
        raise ImproperlyConfigured(
            "PUBLIC_URL must be like https://team.example: a scheme, a host, perhaps a port."
        )
    return text.lower()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def hosts(public_url: str) -> list[str]:
    """The host names this server answers to: `ALLOWED_HOSTS` (commas between), `PUBLIC_URL`'s, and this machine's own."""
    named = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if "*" in named:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts; with * any page can have mails point to it."
        )
    own = ["localhost", "127.0.0.1", "[::1]"]
    bound = os.environ.get("HOST", "")
    if bound and bound not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        own.append(_bracketed(bound))
    public = _bracketed(urlsplit(public_url).hostname or "")
    return [*named, *([public] if public else []), *own]


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's settings for `DATABASE_URL`, or for SQLite in `data_dir`.

    `postgresql://user:password@host:port/name`, `sqlite:///relative/path` or `sqlite:////absolute/path`.
    """
    if not url:
        return _sqlite(data_dir / "loggia.sqlite3")
    try:
        parts = urlsplit(url)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            return _sqlite(Path(unquote(parts.path[1:])).resolve())
        if parts.scheme in {"postgres", "postgresql"}:
            return _postgresql(parts)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    raise ImproperlyConfigured(
        "DATABASE_URL must be postgresql://user:password@host:5432/name or sqlite:////path/to/file."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at BEGIN; without it two writers that read first fail with "database is locked".
    return {
        "ENGINE": "workspace.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,  # a thread keeps its connection: to open one takes 0.5 ms
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        "TEST": {"NAME": path.with_name("test.sqlite3")},
    }


# A server that is gone without a word is given up after 20 s; one that comes back is found within 2.
LIBPQ = {
    "connect_timeout": "4",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "20000",
}
POOL = {"min_size": 2, "max_size": 10, "timeout": 4, "reconnect_timeout": 4, "max_lifetime": 1800}


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    query = LIBPQ | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "workspace.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "loggia",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps the connections; under ASGI every request would else open its own
        "OPTIONS": {**query, "pool": POOL},
    }


def cache(redis_url: str) -> dict[str, Any]:
    """Where attempts to sign in are counted: in Redis, or in the database, so that a restart forgives nothing."""
    if not redis_url:
        backend = "django.core.cache.backends.db.DatabaseCache"
        return {"BACKEND": backend, "LOCATION": "accounts_attempt", "OPTIONS": {"MAX_ENTRIES": 100_000}}
    times = {"socket_timeout": 1, "socket_connect_timeout": 1}
    return {"BACKEND": "workspace.cache.SpareCache", "LOCATION": redis_url, "OPTIONS": times}


class MailServer(NamedTuple):
    """Where mail goes: the values of Django's EMAIL_HOST … EMAIL_USE_SSL, in their order."""

    host: str
    port: int
    user: str
    password: str
    use_starttls: bool
    use_tls: bool


NO_MAIL = MailServer("localhost", 25, "", "", False, False)
MAIL_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail_server(url: str) -> MailServer | None:
    """The server of `SMTP_URL` (`smtp+starttls://user:password@host:587`), or None: mail is then written to files."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or MAIL_SCHEMES.get(parts.scheme)
    except ValueError:
        host = port = None
    if not host or not port:
        raise ImproperlyConfigured(
            f"SMTP_URL must look like smtp+starttls://user:password@host:587; schemes: {', '.join(MAIL_SCHEMES)}."
        )
    return MailServer(
        unquote(host),
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtp+starttls",
        parts.scheme == "smtps",
    )
