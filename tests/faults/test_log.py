"""What a real server writes down while people sign in, invite, reset, talk and meet faults: all faults, and no secret."""

import json
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from websockets.sync.client import connect

from tests.server import Server

PASSWORD = "correct horse battery staple"
WRONG = "Tr0ub4dor-and-three"
GIVEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


class Browser:
    """A person's browser: cookies, forms with their tokens, and every secret that it has seen."""

    def __init__(self, server: Server) -> None:
        self.server, self.jar, self.secrets = server, CookieJar(), {PASSWORD, WRONG}
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, **headers: str) -> tuple[int, str, str]:
        """Status, body and X-Request-ID."""
        return self._ask(urllib.request.Request(self.server.url + path, headers=headers))

    def post(self, path: str, *, form: str = "", **fields: str) -> tuple[int, str, str]:
        """Sends the form that is on the page at `form`, by default at the same address."""
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form or path)[1])
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": csrf[1]}).encode()
        self.secrets |= {csrf[1]}
        return self._ask(urllib.request.Request(self.server.url + path, body))

    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def _ask(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.secrets |= {str(cookie.value) for cookie in self.jar}
            return answer.status, answer.read().decode(), answer.headers["X-Request-ID"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(TRUSTED_PROXIES="1") as server:
        yield server


@pytest.fixture(scope="module")
def ana(server: Server) -> Browser:
    """Came by /setup, signed in again, has a project, an invitation, a token and a link to a new password."""
    ana = Browser(server)
    person = {"name": "Ana", "email": "ana@example.com", "password": PASSWORD, "time_zone": "UTC"}
    Browser(server).post("/setup", **person, workspace="Northlight", project="Web")
    ana.post("/login", login="ana@example.com", password=WRONG)
    assert ana.post("/login", login="ana@example.com", password=PASSWORD)[0] == 200
    _, page, _ = ana.post("/p/web/settings/people", role="member", days="7", uses="0")
    ana.code = re.search(r"/join/([\w-]{20,})", page)[1]
    ana.token = re.search(r"lg_[\w-]{40,}", ana.post("/settings/tokens", name="bot")[1])[0]
    Browser(server).post("/login/reset", email="ana@example.com")
    (mail,) = (server.data_dir / "mail").iterdir()
    ana.key = re.search(r"/login/reset/(\S+)", mail.read_text())[1]
    ana.secrets |= {ana.code, ana.token, ana.key, ana.key.partition("-")[2]}
    ana.secrets |= {(server.data_dir / "secret_key").read_text()}
    return ana


def lines(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.log.read_text().splitlines()]


@contextmanager
def without(server: Server, *tables: str) -> Iterator[None]:
    """The server's database lacks these tables for a while."""
    (file,) = Path(server.data_dir).glob("*.sqlite3")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        yield
        for table in tables:
            connection.execute(f"ALTER TABLE {table}_away RENAME TO {table}")


def talk(ana: Browser, headers: dict[str, str], text: str) -> tuple[dict[str, Any], str]:
    """The frame that answers a say, and the id of the connection."""
    url = f"ws://127.0.0.1:{ana.server.port}/ws/project/1/"
    with connect(url, additional_headers=headers) as socket:
        socket.send(json.dumps({"type": "say", "nonce": str(uuid4()), "text": text}))
        return json.loads(socket.recv(timeout=30)), socket.response.headers["X-Request-ID"]


def test_each_fault_is_one_line_with_the_id_that_the_person_was_shown_and_no_secret_is_in_the_log(
    server, ana
):
    by_cookie = {"Cookie": ana.cookies(), "Origin": server.url}
    by_token = {"Authorization": f"Bearer {ana.token}"}
    assert talk(ana, by_cookie, "hello")[0]["type"] == "ack"
    assert ana.get(f"/join/{ana.code}/no/such/page")[0] == 404
    assert ana.get(f"/login/reset/{ana.key}x")[0] == 200, "a link that is not one is explained"

    answers = []
    with without(server, "workspace_invitation", "workspace_membership"):
        answers += [ana.get(f"/join/{ana.code}"), ana.get("/p/web")]
        answers += [ana.get("/api/v1/projects/1/events", **by_token)]
    with without(server, "accounts_user"):
        answers += [ana.get(f"/login/reset/{ana.key}")]
    assert [status for status, *_ in answers] == [500] * 4
    assert [name in page for _, page, name in answers] == [True, True, False, True], "pages show it"

    faults = [line for line in lines(server) if "fault" in line]
    assert [line["request"] for line in faults] == [name for *_, name in answers], "one line each, in order"
    assert faults[0]["route"] == "/join/<str:code>"
    assert all("OperationalError: no such table" in line["fault"] for line in faults)
    assert len(ana.secrets) > 10
    assert [secret for secret in ana.secrets if secret in server.log.read_text()] == []


def test_a_socket_has_one_id_for_all_its_faults(server, ana):
    with without(server, "chat_message"):
        frame, name = talk(ana, {"Authorization": f"Bearer {ana.token}"}, "hello")
    assert (frame["type"], frame["code"]) == ("error", "internal")
    (fault,) = (line for line in lines(server) if line.get("request") == name)
    assert "no such table: chat_message" in fault["fault"]
    assert ana.token not in server.log.read_text()


def test_a_proxy_names_a_request_and_nonsense_names_none(server):
    browser = Browser(server)
    assert browser.get("/login", **{"X-Request-ID": GIVEN})[2] == GIVEN
    for odd in ("short", "x" * 65, "spaces and more", '"},{"level":"error'):
        assert re.fullmatch(r"[0-9a-f]{16}", browser.get("/login", **{"X-Request-ID": odd})[2])
