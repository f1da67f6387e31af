"""A backup is taken while people talk, and becomes the same workspace again, on the same database or on the other one."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.browser.seeder import Seeder
from tests.faults.crowd import Crowd
from tests.faults.extent import IS_LONG, extent, tell
from tests.faults.houses import SAID, Build, houses, live_in
from tests.server import ROOT, Server
from tests.services import postgresql, services

LONG = ["word " * 1_590] * 200  # while these are copied, others talk


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture
def house(tmp_path: Path, postgres: str) -> Iterator[Build]:
    with houses(tmp_path, postgres) as build:
        yield build


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
        *extent([], [("sqlite", "sqlite"), ("postgresql", "postgresql")]),
    ],
)
def test_all_tables_are_equal_after_a_restore_and_life_goes_on(house, tmp_path, first, second):
    old, new = house("old", on=first), house("new", on=second)
    live_in(old)
    file = tmp_path / "copy.zip"
    said = old.command("backup", str(file))
    assert said.startswith(f"{file} holds "), "it says what it has done"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert new.command("restore", str(file)).startswith("Everything is as it was at ")
    assert new.tables == old.tables
    assert old.tables["workspace_event"][0] > len(SAID)
    assert new.seed("digests")["django_session"][0] == 0, "nobody is signed in by a copy"
    assert new.command("rebuild_board", "--check").strip() == "The board is what the log says."
    for each in (old, new):
        each.seed("say", project=1, who="ben", texts=["and on it goes"])
        each.seed("say", project=2, who="ana", texts=["/task Another", "/done 3"])
    assert [row[::2] for row in new.seed("log", project=2)] == [
        row[::2] for row in old.seed("log", project=2)
    ]
    assert new.command("rebuild_board", "--check").strip() == "The board is what the log says."


def test_postgresql_knows_its_tables_as_soon_as_they_are_restored(house, tmp_path):
    old, new = house("old"), house("new", on="postgresql")
    live_in(old)
    old.command("backup", str(tmp_path / "copy.zip"))
    new.command("restore", str(tmp_path / "copy.zip"))
    with psycopg.connect(new.server.env["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT relname, last_analyze IS NULL FROM pg_stat_user_tables").fetchall()
    assert ("chat_message", False) in rows
    assert [name for name, is_unknown in rows if is_unknown] == []


def test_an_older_backup_is_brought_forward(house, tmp_path):
    old, new = house("old"), house("new")
    live_in(old)
    messages = old.tables["chat_message"]
    old.command("migrate", "workspace", "0001", "--verbosity", "0")
    assert "DROP" not in old.command("sqlmigrate", "workspace", "0002")
    file = str(tmp_path / "copy.zip")
    old.command("backup", file)
    new.command("restore", file)
    assert new.command("showmigrations", "--plan").count("[ ]") == 0
    assert new.tables["chat_message"] == messages


@pytest.mark.parametrize("on", ["sqlite", *extent([], ["services"])])
async def test_a_backup_under_load_is_the_beginning_of_the_log(on, house, tmp_path):
    with ExitStack() as stack:
        shared = stack.enter_context(services()) if on == "services" else {}
        server = stack.enter_context(Server(**shared))
        seeder = Seeder(server)
        stack.callback(seeder.end)
        crowd, copies = Crowd(server, seeder), []
        seeder("say", project=crowd.project, who=crowd.people[0].handle, texts=LONG)

        async def copied() -> None:
            await asyncio.sleep(0.7)
            for number in range(extent(2, 10)):
                file = tmp_path / f"{number}.zip"
                await asyncio.to_thread(seeder, "command", words=["backup", str(file)])
                copies.append(file)
                await asyncio.sleep(0.3)

        await crowd.during(copied)
        assert crowd.prove() > 20
        log, lengths = seeder("log", project=crowd.project), []
        for number, file in enumerate(copies):
            copy = house(f"copy {number}")
            copy.command("restore", str(file))
            held = copy.seed("log", project=crowd.project)
            assert held == log[: len(held)]
            assert len(copy.seed("texts", project=crowd.project)) == sum(1 for _, nonce, *_ in held if nonce)
            lengths.append(len(held))
        assert len(LONG) + 5 < lengths[0] < lengths[-1] < len(log), "people talked before, between and after"
        tell("R-14", f"{on}: backups of {lengths} of {len(log)} events are prefixes of the log")


@pytest.mark.parametrize("on", ["sqlite", *extent([], ["postgresql"])])
def test_a_restore_that_is_killed_leaves_the_old_or_the_new_and_never_a_mixture(house, tmp_path, on):
    old, new = house("old"), house("new", on=on)
    live_in(old, says=300)
    live_in(new)
    file, other = tmp_path / "copy.zip", tmp_path / "other.zip"
    old.command("backup", str(file))
    new.command("backup", str(other))
    allowed = [old.tables, new.tables]
    words = [sys.executable, "manage.py", "restore", str(file), "--replace"]
    new.command("restore", str(file), "--replace")  # how long it takes, on this machine, now
    began = time.monotonic()
    subprocess.run(words, cwd=ROOT, env=new.server.env, check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - began
    ended, dice = set(), random.Random(4)
    for _ in range(extent(1, 25)):
        new.command("restore", str(other), "--replace")
        process = subprocess.Popen(words, cwd=ROOT, env=new.server.env, stdout=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0.3, 0.9) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = new.tables
        assert held in allowed
        ended.add(allowed.index(held))
    new.command("restore", str(file), "--replace")
    assert new.tables == allowed[0], "the next one works"


def test_a_backup_that_is_killed_leaves_the_one_before(house, tmp_path):
    old = house("old")
    live_in(old, says=extent(500, 5000))
    file = tmp_path / "copy.zip"
    old.command("backup", str(file))
    first = file.read_bytes()
    words = [sys.executable, "manage.py", "backup", str(file)]
    process = subprocess.Popen(words, cwd=ROOT, env=old.server.env, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not list(tmp_path.glob(".copy.zip.*")) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert file.read_bytes() == first
    assert old.refusal("restore", str(file)).endswith("add --replace."), "it can be read"


@pytest.mark.skipif(not IS_LONG, reason="takes minutes: `make faults` runs it")
def test_memory_does_not_grow_with_the_log(house, tmp_path):
    many = 1_000_000
    peaks = {}
    for count in (1_000, many):
        old, new = tmp_path / f"old {count}", tmp_path / f"new {count}"
        file = tmp_path / f"{count}.zip"
        peak(old, "migrate", "--verbosity", "0")
        peak(old, "demo", "--messages", str(count))
        began = time.monotonic()
        peaks[count] = peak(old, "backup", str(file)), peak(new, "restore", str(file))
        took = time.monotonic() - began
    grown = [(large - small) / 1024 for small, large in zip(peaks[1_000], peaks[many], strict=True)]
    assert max(grown) < 60
    tell(
        "R-17",
        f"{many:,} messages: backup and restore in {took:.0f} s, "
        f"{grown[0]:.0f} and {grown[1]:.0f} MB more memory than for 1,000",
    )


def peak(data_dir: Path, *words: str) -> int:
    """The most memory, in KiB, that `manage.py <words>` had at any time."""
    data_dir.mkdir(exist_ok=True)
    env = Server(data_dir=data_dir).env
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss
