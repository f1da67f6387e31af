"""The servers that are measured, each with the sockets of its own load generator."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bench import cores
from bench.processes import free_port, resident, stop, wait_for
from tests.server import ROOT, Server

MEMBERS = 50  # people whose sockets share a project


class Target:
    """A server under load: `do` gives a job to its load generator and waits for the result."""

    def __init__(self, name: str, pid: int, port: int, place: dict[str, Any]) -> None:
        self.name, self.pid, self.port = name, pid, port
        with cores.on(cores.LOAD):
            command = [
                sys.executable,
                "-m",
                "bench.load",
                str(port),
                orjson.dumps(place | {"server": pid}).decode(),
            ]
            self.load = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )

    def do(self, job: str, **words: Any) -> dict[str, Any]:
        """The result of a job of `bench.load`."""
        assert self.load.stdin
        assert self.load.stdout
        self.load.stdin.write(orjson.dumps({"do": job} | words) + b"\n")
        line = self.load.stdout.readline()
        if not line:
            raise RuntimeError(f"The load generator of {self.name} ended at {job!r}.")
        result: dict[str, Any] = orjson.loads(line)
        return result

    @property
    def memory(self) -> int:
        """Bytes that the server holds."""
        return resident(self.pid)

    def close(self) -> None:
        """End the load; the server goes on."""
        with self.load:  # closes its pipes, and waits for it
            pass


@contextlib.contextmanager
def product(name: str = "Loggia", people: int = MEMBERS, projects: int = 1, **env: str) -> Iterator[Target]:
    """Loggia, as `make run` starts it; on all cores where it has several processes."""
    several = "DATABASE_URL" in env
    with cores.on(set(cores.CORES) if several else cores.SERVER):
        server = Server(workers=int(env.pop("WORKERS", "1")), **env)
        server.start()
    with contextlib.ExitStack() as stack:
        stack.callback(server.__exit__)
        place = prepared(server, people, projects)
        assert server.process
        target = Target(name, server.process.pid, server.port, place)
        stack.callback(target.close)
        yield target


def prepared(server: Server, people: int, projects: int) -> dict[str, Any]:
    """Projects with so many people in the server's database: where their sockets are, and the people's tokens."""
    command = [sys.executable, "-m", "bench.prepare", str(people), str(projects)]
    done = subprocess.run(command, cwd=ROOT, env=server.env, check=True, stdout=subprocess.PIPE)
    place: dict[str, Any] = orjson.loads(done.stdout.splitlines()[-1])
    return place


@contextlib.contextmanager
def tutorial(name: str, redis_url: str = "") -> Iterator[Target]:
    """The tutorial's consumer under daphne; with channels-redis where there is a `redis_url`."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="loggia-bench-") as folder:
        settings = {"DJANGO_SETTINGS_MODULE": "bench.tutorial.settings", "DATA_DIR": folder}
        env = {**os.environ, **settings, "REDIS_URL": redis_url}
        migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env={**env, "PYTHONPATH": str(ROOT)}, check=True)
        command = [
            sys.executable,
            "-m",
            "daphne",
            "-v",
            "0",
            "-p",
            str(port),
            "bench.tutorial.asgi:application",
        ]
        place = {"dialect": "tutorial", "paths": ["/ws/chat/bench/"]}
        with _serving(name, command, port, place, env) as target:
            yield target


@contextlib.contextmanager
def ceiling(name: str) -> Iterator[Target]:
    """The bare server."""
    port = free_port()
    command = [sys.executable, "-m", "bench.ceiling", str(port)]
    with _serving(name, command, port, {"dialect": "tutorial", "paths": ["/"]}, dict(os.environ)) as target:
        yield target


@contextlib.contextmanager
def _serving(
    name: str, command: list[str], port: int, place: dict[str, Any], env: dict[str, str]
) -> Iterator[Target]:
    with cores.on(cores.SERVER), Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=nowhere)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        target = Target(name, process.pid, port, place)
        try:
            yield target
        finally:
            target.close()
    finally:
        stop(process)
