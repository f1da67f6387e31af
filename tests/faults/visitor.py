"""A person with a browser's cookie, who sends forms and says things over HTTP."""

import http.client
import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.server import Server

CSRF = "c" * 32
IDLE = 3.0  # seconds; the server closes a connection soon after, perhaps while something is being sent


class Visitor:
    """One connection to the server, signed in by the cookie that the seeder made. It can be used again after a failure."""

    def __init__(self, server: Server, person: dict[str, Any]) -> None:
        self.handle, self.id = person["handle"], person["id"]
        name, value = person["cookie"]
        self.cookie = f"{name}={value}; csrftoken={CSRF}"
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._used_at = 0.0

    def end(self) -> None:
        self._connection.close()

    def post(self, path: str, **fields: Any) -> tuple[int, Any]:
        """Send a form, as a script of the page does. The status, and the answer where it is JSON."""
        return self._ask("POST", path, urlencode(fields, doseq=True), "application/x-www-form-urlencoded")

    def get(self, path: str) -> tuple[int, Any]:
        return self._ask("GET", path)

    def say(self, path: str, text: str, **more: Any) -> tuple[int, Any]:
        """Talk, or a script, in the project at `path`; perhaps as a reply, perhaps in the talk of a task."""
        return self._ask(
            "POST",
            f"{path}/say",
            json.dumps({"text": text, "nonce": str(uuid4()), **more}),
            "application/json",
        )

    def _ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, Any]:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "Accept": "application/json",
            "Content-Type": kind,
        }
        if time.monotonic() - self._used_at > IDLE:
            self._connection.close()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except BaseException:
            self._connection.close()
            raise
        self._used_at = time.monotonic()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(content) if is_json else None
