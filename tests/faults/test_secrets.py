"""What works once works once, however many try at once; and what is secret is written down nowhere."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from threading import Barrier
from typing import Any
from zipfile import ZipFile

import pytest

from tests.browser.seeder import Seeder
from tests.faults.browsing import Browser
from tests.faults.extent import extent, tell
from tests.server import Server

AT_ONCE = 20
PASSWORD = "correct horse battery staple"
# The keys of sessions are where Django looks them up, and a link that was opened and not used is in the session of who
# opened it: docs/security.md says what that means for copies of the database.
SESSIONS = {"django_session", "usersessions_usersession"}


class Home:
    """A server with Ana and her project, and the secrets that were made in it."""

    def __init__(self, server: Server, seed: Seeder) -> None:
        self.server, self.seed = server, seed
        self.secrets: dict[str, str] = {"the password of ana": PASSWORD}
        seed("person", name="Ana", handle="ana", password=PASSWORD)
        self.project = seed("project", name="Web", key="WEB", slug="web", owner="ana", members={})["id"]
        self.ana = Browser(server.port).sign_in("ana@example.com", PASSWORD)
        self.secrets["the session of ana"] = self.ana.session

    def keep(self, name: str, secret: str) -> str:
        self.secrets[name] = secret
        return secret

    def mails(self) -> list[Any]:
        """What was sent, oldest first."""
        files = sorted((self.server.data_dir / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=default) for path in files]


@pytest.fixture(scope="module", params=extent(["services"], ["sqlite", "services"]))
def home(request: pytest.FixtureRequest) -> Iterator[Home]:
    with ExitStack() as stack:
        env = {"workers": 2, **request.getfixturevalue("shared")} if request.param == "services" else {}
        server = stack.enter_context(Server(**env))
        seeder = Seeder(server)
        stack.callback(seeder.end)
        yield Home(server, seeder)


def all_at_once(uses: list[Any]) -> list[Any]:
    """What each gives, all of them begun in the same moment."""
    start = Barrier(len(uses))

    def use(one: Any) -> Any:
        start.wait(60)
        return one()

    with ThreadPoolExecutor(len(uses)) as pool:
        return list(pool.map(use, uses))


def in_the_page(pattern: str, answer: Any) -> str:
    found = re.search(pattern, answer[2].decode())
    assert found, answer[2][-2000:]
    return found[1]


def test_an_invitation_for_one_lets_one_of_twenty_in(home: Home):
    page = home.ana.post("/p/web/settings/people", role="member", days="7", uses="1")
    code = home.keep("an invitation", in_the_page(r"/join/([\w-]{20,})", page))
    guests = []
    for n in range(AT_ONCE):
        made = home.seed("person", name=f"Guest {n}", handle=f"guest{n}")
        guests.append(Browser(home.server.port))
        guests[-1].cookies.update([made["cookie"]])
        home.keep(f"the session of guest {n}", guests[-1].session)
    tokens = [each.token() for each in guests]
    all_at_once([lambda g=g, t=t: g.post(f"/join/{code}", t) for g, t in zip(guests, tokens, strict=True)])
    joined = [each for each in guests if each.get("/p/web")[0] == 200]
    assert len(joined) == 1
    for late in (guests[0], Browser(home.server.port)):
        assert late.get(f"/join/{code}")[0] == (302 if late in joined else 410)


def test_a_link_for_a_new_password_sets_one_of_twenty(home: Home):
    Browser(home.server.port).post("/login/reset", email="ana@example.com")
    text = home.mails()[-1].get_content()
    key = re.search(r"/login/reset/([\w:-]+)", text)[1]
    home.keep("a reset link", key.partition("-")[2])
    browsers = [Browser(home.server.port) for _ in range(AT_ONCE)]
    for each in browsers:
        status, headers, _ = each.get(f"/login/reset/{key}")
        assert status == 302, "the link leads to an address without the key"
        each.form = headers["Location"]
    tokens = [each.token(each.form) for each in browsers]
    wishes = [home.keep(f"wish {n}", f"another battery staple {n}") for n in range(AT_ONCE)]
    answers = all_at_once(
        [
            lambda b=b, t=t, w=w: b.post(b.form, t, password1=w)
            for b, t, w in zip(browsers, tokens, wishes, strict=True)
        ]
    )
    assert [headers["Location"] for _, headers, _ in answers].count("/login/reset/done") == 1
    assert len(home.seed("password_among", handle="ana", words=[PASSWORD, *wishes])) == 1
    assert not home.seed("password_among", handle="ana", words=[PASSWORD])
    late = Browser(home.server.port)
    assert late.get(f"/login/reset/{key}")[0] == 200, "it says that it was used"
    assert home.ana.get("/p/web")[0] == 302, "who was signed in is not any more"
    for n, each in enumerate(browsers):
        if "loggia_session" in each.cookies:
            home.keep(f"the session of reset {n}", each.session)


def test_no_secret_is_written_down(home: Home):
    """After the two tests above, with a token more: everything that is stored is searched for everything that is secret."""
    token = home.keep("a token", home.seed("token", handle="ana"))
    assert Browser(home.server.port).get("/api/v1/me", Authorization=f"Bearer {token}")[0] == 200
    Browser(home.server.port).get(f"/nowhere/{home.secrets['a reset link']}")
    Browser(home.server.port).ask("POST", f"/api/v1/{token}?token={token}", "{")
    stored = home.seed("dump")
    for path in home.server.data_dir.rglob("*"):
        if path.is_file() and "static" not in path.parts and "sqlite3" not in path.name:
            stored[str(path.relative_to(home.server.data_dir))] = path.read_text(errors="replace")
    copy = home.server.data_dir / "copy.zip"
    home.server.manage("backup", str(copy))
    with ZipFile(copy) as backup:
        stored |= {f"{name} of the backup": backup.read(name).decode() for name in backup.namelist()}
    stored |= {f"mail {n}": str(mail.get_content()) for n, mail in enumerate(home.mails())}
    found = {
        (name, where)
        for name, secret in home.secrets.items()
        for where, text in stored.items()
        if secret in text
    }
    where_it_must_be = {
        (name, where)
        for name, where in found
        if (name.startswith("the session") and where in SESSIONS)
        or (name == "a reset link" and ("mail" in where or where == "what sessions hold"))
    }
    assert found - where_it_must_be == set()
    assert {name for name, _ in where_it_must_be} >= {"a reset link", "the session of guest 0"}, (
        "it can be found"
    )
    tell("S-09", f"{len(home.secrets)} secrets in {len(stored)} places: none where it need not be")


def test_the_secret_key_is_for_its_owner_alone(home: Home):
    path: Path = home.server.data_dir / "secret_key"
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_text().strip() not in home.server.log.read_text()
