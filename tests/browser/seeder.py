"""Writes into a server's database without waiting for Django to start each time."""

import json
import subprocess
import sys
from typing import Any

from tests.server import ROOT, Server


class Seeder:
    """The process that writes into a server's database; see `seeding.py`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.seeding"],
            cwd=ROOT,
            env=server.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, what: str, **words: Any) -> Any:
        self.process.stdin.write(json.dumps([what, words]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "it has ended"}')
        assert "error" not in answer, f"{what}: {answer['error']}"
        return answer["is"]

    def end(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)
