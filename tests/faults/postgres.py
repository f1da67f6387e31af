"""PostgreSQL that can be cut, stopped, killed and started again at the same address, on a disk as small as one likes."""

import contextlib
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.services import INITDB, NOBODY, QUICK, _binaries

# What is acknowledged here must outlive a crash of PostgreSQL, though not one of the machine.
SAFE = QUICK | {"synchronous_commit": "on", "log_min_messages": "fatal"}
SHELL = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--mount", "--keep-caps", "sh"]


class Postgres:
    """A server in `folder`; with `disk`, its data lie on a file system of that size, which only it can see."""

    def __init__(self, folder: Path, disk: str = "") -> None:
        self.folder, self.disk = folder, disk
        self.is_small = False  # not every machine lets one mount
        self.url = f"postgresql://postgres@/loggia?host={folder}"
        # Whoever shares the shell shares the file system; and PostgreSQL refuses to be root.
        self.shell = subprocess.Popen(
            SHELL,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
        )
        (folder / "data").mkdir()

    def make(self) -> None:
        if self.disk:
            self.is_small = self.run(f"mount -t tmpfs -o size={self.disk},mode=0700 tmpfs data") == 0
        words = [str(_binaries() / "initdb"), "-D", "data/base", "--wal-segsize=1", *INITDB]
        assert self.run(shlex.join(words)) == 0
        self.start()
        self.ask("CREATE DATABASE loggia", database="postgres")

    def run(self, command: str) -> int:
        """The exit status of a command in the server's file system."""
        self.shell.stdin.write(f"{command} >>log 2>&1; echo $?\n")
        self.shell.stdin.flush()
        return int(self.shell.stdout.readline())

    def start(self) -> None:
        options = {**SAFE, "unix_socket_directories": str(self.folder)}
        words = [f"-c{name}={value}" for name, value in options.items()]
        server = shlex.join([str(_binaries() / "postgres"), "-D", "data/base", *words])
        self.run(f"({server} & echo $! >pid)")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with contextlib.suppress(psycopg.OperationalError):
                self.ask("SELECT 1", database="postgres")
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT cuts everybody and ends well; SIGQUIT is a crash."""
        self.run(f"kill -{number.name[3:]} $(cat pid)")
        end = time.monotonic() + 30
        while self.is_up and time.monotonic() < end:
            time.sleep(0.02)

    @property
    def is_up(self) -> bool:
        try:
            stat = Path(f"/proc/{(self.folder / 'pid').read_text().strip()}/stat").read_text()
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] != "Z"  # dead, and nobody has looked yet

    def ask(self, query: str, database: str = "loggia") -> list[Any]:
        with self.connect(database) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str = "loggia") -> psycopg.Connection[Any]:
        words = f"host={self.folder} dbname={database} user=postgres application_name=tests"
        return psycopg.connect(words, autocommit=True)

    def cut_everybody(self) -> int:
        """How many connections there were to cut."""
        others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return len(self.ask(f"SELECT pg_terminate_backend(pid) {others}"))

    def served(self) -> int:
        """How many connections the server under test holds."""
        return self.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'served'")[0][0]

    def end(self) -> None:
        if self.is_up:
            self.stop()
        self.shell.stdin.close()
        self.shell.stdout.close()
        self.shell.wait(20)
