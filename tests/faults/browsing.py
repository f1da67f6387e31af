"""A browser without a window: its cookies, the token of its forms, and a socket with its session."""

import http.client
import re
from email.message import Message
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Answer = tuple[int, Message, bytes]


class Browser:
    """One browser profile, on the machine's own network, perhaps from an address and under a name of its own."""

    def __init__(
        self, port: int, *, source: str = "127.0.0.1", headers: dict[str, str] | None = None
    ) -> None:
        self.port, self.source = port, source
        self.headers = headers or {}
        self.cookies: dict[str, str] = {}
        self.sent: list[str] = []  # every Set-Cookie as it came

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, token: str = "", **fields: str) -> Answer:
        """Post a form, with the token of `/login`'s or another form that was asked for before."""
        body = urlencode(fields | {"csrfmiddlewaretoken": token or self.token()})
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method: str, path: str, body: str | None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(self.source, 0)
        )
        try:
            connection.request(method, path, body, self.headers | self.own | headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self._keep([value for name, value in answer.getheaders() if name.lower() == "set-cookie"])
        return answer.status, answer.headers, content

    def token(self, page: str = "/login/reset") -> str:
        """The token that this browser's forms carry."""
        found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page)[2])
        assert found, "the page has a form"
        return found[1].decode()

    def sign_in(self, email: str, password: str) -> "Browser":
        status, headers, _ = self.post("/login", login=email, password=password)
        assert status == 302, headers
        return self

    @property
    def own(self) -> dict[str, str]:
        """The header with this browser's cookies."""
        pairs = [f"{name}={value}" for name, value in self.cookies.items()]
        return {"Cookie": "; ".join(pairs)} if pairs else {}

    @property
    def session(self) -> str:
        (key,) = (value for name, value in self.cookies.items() if name.endswith("session"))
        return key

    def _keep(self, lines: list[str]) -> None:
        self.sent += lines
        for line in lines:
            for name, cookie in SimpleCookie(line).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value
