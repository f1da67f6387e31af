"""Installations without a server: a DATA_DIR, a database, and the command line."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.browser.seeder import Seeder
from tests.server import Server

SESSIONS = {"django_session", "usersessions_usersession"}  # nobody stays signed in over a restore
SAID = [
    "/task Kerning @ben #bug !high due:fri\nAs the printer asked",
    "/task Übergröße 🎉 ~3pt",
    "/done 1",
    "Look at #2, @ben: <b>not bold</b> \u202eodd",
    "/move 2 doing",
    "/undo",
]


class House:
    """An installation without a server: its DATA_DIR, its database, and its command line."""

    def __init__(self, data_dir: Path, **env: str) -> None:
        self.server = Server(data_dir=data_dir, **env)
        data_dir.mkdir(exist_ok=True)
        self.seed = Seeder(self.server)

    def command(self, *words: str) -> str:
        """What `manage.py <words>` says."""
        done = self.seed("command", words=list(words))
        assert done["refused"] == ""
        return done["said"]

    def refusal(self, *words: str) -> str:
        """The sentence with which `manage.py <words>` refuses."""
        return self.seed("command", words=list(words))["refused"]

    @property
    def tables(self) -> dict[str, Any]:
        """What each table holds, by its digest; but for who is signed in."""
        return {name: held for name, held in self.seed("digests").items() if name not in SESSIONS}


Build = Callable[..., House]


@contextmanager
def houses(folder: Path, postgres: str) -> Iterator[Build]:
    """`build("old")` lies on SQLite, `build("new", on="postgresql")` in a new database of the server at `postgres`."""
    with ExitStack() as stack:

        def build(name: str, on: str = "sqlite") -> House:
            env = {"DATABASE_URL": another_database(postgres)} if on == "postgresql" else {}
            built = House(folder / name, **env)
            stack.callback(built.seed.end)
            return built

        yield build


def another_database(postgres: str) -> str:
    name = f"house_{time.monotonic_ns()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.replace("/loggia?", f"/{name}?")


def live_in(house: House, says: int = 0) -> None:
    """People, two projects, and what was said in one of them."""
    house.command("migrate", "--verbosity", "0")
    for handle in ("ana", "ben"):
        house.seed("person", name=handle.title(), handle=handle)
    for slug in ("web", "api"):
        key = slug.upper()
        made = house.seed("project", name=key, key=key, slug=slug, owner="ana", members={"ben": "guest"})
    house.seed("token", handle="ana")
    house.seed("say", project=made["id"], who="ana", texts=SAID + [f"line {n}" for n in range(says)])
