"""`make run`: look at the environment, bring the database and the static files up to date, serve."""

import logging
import os
import socket
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from workspace import metrics_page, preflight
from workspace.environment import number
from workspace.models import Workspace
from workspace.occupancy import Occupied, at_work
from workspace.postgresql.base import DatabaseWrapper
from workspace.storage import collect_if_changed
from workspace.versions import check_versions

log = logging.getLogger(__name__)

# Measured against uvicorn's defaults: deflate costs 11 µs and 30 KB for each socket and frame; a reader that stalls is
# dropped after 40 s. A frame of more than 64 KiB gets a sentence from the consumer; twice that ends the connection.
UVICORN: dict[str, Any] = {
    "loop": "uvloop",
    "http": "workspace.connections:Connection",
    "ws": "workspace.framing:FramedSocket",
    "ws_max_size": 131_072,
    "ws_ping_interval": 20,
    "ws_ping_timeout": 20,
    "ws_per_message_deflate": False,
    "lifespan": "off",
    "access_log": False,
    "server_header": False,
    "log_config": None,  # as `settings.LOGGING` has it
    "log_level": "warning",
    "limit_concurrency": 10_000,
    "timeout_graceful_shutdown": 6,  # seconds for requests under way, after 12 for the sockets
}

# For PostgreSQL: nobody who is served waits for ever, for a lock that somebody holds or for a query that does not end.
LIMITS = "-c lock_timeout=5s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"


class Command(BaseCommand):
    help = "Serves Loggia on HOST and PORT, after migrating the database and collecting the static files."
    requires_system_checks = ()  # `make test` runs them; here they would cost a third of the start

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fd", type=int, help="serve on this inherited socket, not on HOST and PORT")

    def handle(self, *_args: object, fd: int | None, **_options: object) -> None:
        check_versions()
        os.environ.setdefault("PGOPTIONS", LIMITS)  # libpq reads it, in this process and in the workers
        workers = preflight.workers(settings.REDIS_URL)
        preflight.open_files()
        preflight.data_dir(Path(settings.DATA_DIR))
        try:
            with at_work(Path(settings.DATA_DIR)):
                self.open(fd, workers)
        except Occupied:
            raise ImproperlyConfigured(
                "A backup is being restored here. Start again when it is done."
            ) from None

    def open(self, fd: int | None, workers: int) -> None:
        listener = socket.socket(fileno=fd) if fd is not None else self.listen()
        preflight.database()
        preflight.redis(settings.REDIS_URL)
        migrate()
        collect_if_changed()
        log.info(greeting(listener))
        forget_connections()
        serve(listener, workers)

    def listen(self) -> socket.socket:
        port = number("PORT", default=8000, least=1, most=65_535)
        return preflight.listener(os.environ.get("HOST", "").strip() or "127.0.0.1", port)


def migrate() -> None:
    """Runs the migrations that are missing; looking whether any is costs far less than `migrate` itself."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
        call_command("migrate", interactive=False, verbosity=0)


def forget_connections() -> None:
    """Closes what the start has opened: it was for migrations, and a process that only looks after workers needs none."""
    connections.close_all()
    if isinstance(connection, DatabaseWrapper):
        connection.close_pool()


def greeting(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    address = settings.PUBLIC_URL or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if Workspace.current() is None:
        return f"Loggia runs at {address}. Open {address}/setup to begin."
    return f"Loggia runs at {address}."


def serve(listener: socket.socket, workers: int) -> None:
    """Serves until SIGINT or SIGTERM, then closes the sockets with 1012. A worker that dies is replaced."""
    import uvicorn

    from workspace import server

    # Headers of a proxy are believed only from the addresses in FORWARDED_ALLOW_IPS, which uvicorn reads itself.
    proxied = "FORWARDED_ALLOW_IPS" in os.environ
    config = uvicorn.Config("workspace.asgi:application", workers=workers, proxy_headers=proxied, **UVICORN)
    if workers == 1:
        server.run(config, listener)
    else:
        with tempfile.TemporaryDirectory(prefix="loggia-metrics-") as folder:
            os.environ[metrics_page.FOLDER] = folder
            server.run(config, listener)
