"""The real server as processes of its own: start it, kill it, start it again on the same port.

with Server() as server: urlopen(server.url)
python -m tests.server [--daphne] [--services] -- command {url}
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.services import services

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds; a cold machine that runs other tests beside may take 20
SETTINGS = ("HOST", "PORT", "DATA_DIR", "DATABASE_URL", "REDIS_URL", "WORKERS", "PUBLIC_URL", "DEBUG")


class Server:
    """uvicorn as `make run` starts it, or daphne. What it stores lies in `data_dir`, a temporary folder by default."""

    def __init__(
        self, *, data_dir: Path | None = None, daphne: bool = False, workers: int = 1, **env: str
    ) -> None:
        self._folder = None if data_dir else tempfile.TemporaryDirectory(prefix="loggia-server-")
        self.data_dir = data_dir or Path(self._folder.name)
        self.daphne = daphne
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        self.env = {**inherited, "DATA_DIR": str(self.data_dir), "WORKERS": str(workers), **env}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        if self._folder:
            self._folder.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    def start(self) -> None:
        """Start, on the port of the last time where there was one, and wait until it answers."""
        if self.daphne:
            self.manage("migrate", "--verbosity", "0")
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
        with self._listen() as listener, self.log.open("ab") as log:
            fd = listener.fileno()
            self.process = subprocess.Popen(
                self._command(fd),
                cwd=ROOT,
                env=self.env,
                pass_fds=[fd],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # its workers die with it in `kill`
            )
        self._wait()

    def stop(self) -> int:
        """SIGTERM, as an init system does it. The exit status."""
        if self.process is None:
            return 0
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        status = self.process.returncode
        self.kill()
        return status

    def kill(self) -> None:
        """SIGKILL for all its processes: no goodbye, as when the power fails."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def manage(self, *words: str) -> str:
        """What `manage.py <words>` prints, run with the settings of this server."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(
                f"manage.py {' '.join(words)}: exit {done.returncode}\n{done.stderr[-3000:]}"
            )
        return done.stdout.strip()

    def _command(self, fd: int) -> list[str]:
        if self.daphne:
            limits = ["--websocket-max-message-size", "65536", "--websocket-max-frame-size", "65536"]
            return [sys.executable, "-m", "daphne", "--fd", str(fd), *limits, "workspace.asgi:application"]
        return [sys.executable, "manage.py", "serve", "--fd", str(fd)]

    def _listen(self) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                listener.bind(("127.0.0.1", self.port))
                break
            except OSError:  # a killed worker still holds the port for a moment
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        listener.listen(2048)
        self.port = listener.getsockname()[1]
        return listener

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url + "/healthz", timeout=PATIENCE).close()
            except urllib.error.HTTPError as error:
                error.close()
                return  # it answers, if only to say that something is missing
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise AssertionError(f"The server did not start:\n{self.log.read_text()[-3000:]}")


def main(words: list[str]) -> int:
    """Run a command against a server; `{url}` in it becomes the server's address, its settings are in the environment."""
    flags, command = words[: words.index("--")], words[words.index("--") + 1 :]
    with contextlib.ExitStack() as stack:
        shared = stack.enter_context(services()) if "--services" in flags else {}
        workers = 2 if shared and "--daphne" not in flags else 1
        server = stack.enter_context(Server(daphne="--daphne" in flags, workers=workers, **shared))
        filled = [word.replace("{url}", server.url) for word in command]
        return subprocess.run(filled, env={**server.env, "LOGGIA_URL": server.url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
