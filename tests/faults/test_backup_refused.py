"""What `restore` does not take: it says why in one sentence, and nothing has changed."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.browser.seeder import Seeder
from tests.faults.extent import extent
from tests.faults.houses import Build, houses, live_in
from tests.server import ROOT, Server
from tests.services import postgresql


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture
def house(tmp_path: Path, postgres: str) -> Iterator[Build]:
    with houses(tmp_path, postgres) as build:
        yield build


def cut(file: Path, keep: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * keep)])


def flip(file: Path, member: str) -> None:
    """One bit of what a table's line became, as a tired disk does it."""
    with zipfile.ZipFile(file) as pack:
        info = pack.getinfo(member)
        place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    content = bytearray(file.read_bytes())
    content[place] ^= 0x10
    file.write_bytes(content)


def rewrite(file: Path, **changed: Callable[[bytes], bytes | None]) -> None:
    """The same archive, whole, with other contents: `manifest` and tables by their names."""
    with zipfile.ZipFile(file) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    with zipfile.ZipFile(file, "w") as pack:
        for name, content in members.items():
            new = changed.get(Path(name).stem, lambda same: same)(content)
            if new is not None:
                pack.writestr(name, new)


def with_facts(**facts: Any) -> Callable[[bytes], bytes]:
    return lambda manifest: json.dumps(json.loads(manifest) | facts).encode()


def foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as pack:
        pack.writestr("holiday.txt", "sea")


DAMAGE = {
    "absent": (Path.unlink, "cannot be read: No such file or directory."),
    "empty": (lambda file: file.write_bytes(b""), "is not a backup of Loggia."),
    "a picture": (lambda file: file.write_bytes(b"\x89PNG" * 99), "is not a backup of Loggia."),
    "another zip": (foreign, "is not a backup of Loggia."),
    "another program's": (
        lambda file: rewrite(file, manifest=with_facts(product="Other")),
        "is not a backup of Loggia.",
    ),
    "cut near its end": (lambda file: cut(file, 0.99), "is cut off: its end is missing."),
    "cut in half": (lambda file: cut(file, 0.5), "is cut off: its end is missing."),
    "a flipped bit": (
        lambda file: flip(file, "tables/workspace_event.jsonl"),
        "is damaged: workspace_event cannot be read to its end.",
    ),
    "a changed line": (
        lambda file: rewrite(file, chat_message=lambda rows: rows.replace(b"line 3", b"line 4")),
        "is damaged: chat_message is not what was written.",
    ),
    "a missing line": (
        lambda file: rewrite(file, workspace_event=lambda rows: rows.split(b"\n", 1)[1]),
        "is damaged: workspace_event is not what was written.",
    ),
    "a missing table": (
        lambda file: rewrite(file, tasks_task=lambda _: None),
        "is damaged: tasks_task cannot be read to its end.",
    ),
    "no manifest": (lambda file: rewrite(file, manifest=lambda _: None), "is not a backup of Loggia."),
    "a manifest of nonsense": (
        lambda file: rewrite(file, manifest=lambda _: b"{"),
        "is damaged: its manifest cannot be read.",
    ),
    "a manifest without migrations": (
        lambda file: rewrite(file, manifest=with_facts(migrations=3)),
        "is damaged: its manifest cannot be read.",
    ),
    "a newer format": (
        lambda file: rewrite(file, manifest=with_facts(format=2)),
        "was made by a newer Loggia (its format is 2). Update this one first.",
    ),
    "a newer table": (
        lambda file: rewrite(file, manifest=with_facts(migrations={"chat": ["0099_polls"]})),
        "was made by a newer Loggia (chat.0099_polls). Update this one first.",
    ),
}


@pytest.mark.parametrize("on", ["sqlite", *extent([], ["postgresql"])])
def test_what_is_cut_off_foreign_damaged_or_newer_is_refused_and_changes_nothing(house, tmp_path, on):
    old, new = house("old"), house("new", on=on)
    live_in(old, says=9)
    live_in(new)
    sound, file = tmp_path / "sound.zip", tmp_path / "spoilt.zip"
    old.command("backup", str(sound))
    before = new.tables
    for what, (spoil, sentence) in DAMAGE.items():
        file.write_bytes(sound.read_bytes())
        spoil(file)
        assert new.refusal("restore", str(file), "--replace") == f"{file} {sentence}", what
        assert new.tables == before, what
    file.write_bytes(sound.read_bytes())
    rewrite(file)
    new.command("restore", str(file), "--replace")
    assert new.tables == old.tables != before, "it was the damage that was refused"


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_tables_that_do_not_fit_together_are_refused_and_change_nothing(house, tmp_path, on):
    """Whoever edits a backup by hand, digest and all, is told by the database."""
    old, new = house("old"), house("new", on=on)
    live_in(old)
    live_in(new)
    file = tmp_path / "copy.zip"
    old.command("backup", str(file))

    def without_people(manifest: bytes) -> bytes:
        read = json.loads(manifest)
        (people,) = (table for table in read["tables"] if table["name"] == "accounts_user")
        people |= {"rows": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        return json.dumps(read).encode()

    rewrite(file, manifest=without_people, accounts_user=lambda _: b"")
    before = new.tables
    assert "its tables do not fit together" in new.refusal("restore", str(file), "--replace")
    assert new.tables == before


def test_a_refusal_is_one_line_and_exit_status_1(house, tmp_path):
    there = house("there")
    words = [sys.executable, "manage.py", "restore", str(tmp_path / "nothing.zip")]
    done = subprocess.run(words, cwd=ROOT, env=there.server.env, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"CommandError: {tmp_path}/nothing.zip cannot be read: No such file or directory.\n"
    assert there.refusal("backup", str(tmp_path / "x.zip")) == (
        "There is nothing to back up: the database is empty."
    )
    assert not (tmp_path / "x.zip").exists()


def test_what_is_there_is_replaced_only_when_told_so(house, tmp_path):
    old, new = house("old"), house("new")
    live_in(old)
    live_in(new, says=3)
    file = str(tmp_path / "copy.zip")
    old.command("backup", file)
    before = new.tables
    assert "add --replace" in new.refusal("restore", file)
    assert new.tables == before
    new.command("restore", file, "--replace")
    assert new.tables == old.tables != before


def test_nothing_is_restored_under_a_running_server(house, tmp_path):
    old = house("old")
    live_in(old)
    file = str(tmp_path / "copy.zip")
    old.command("backup", file)
    with Server() as server:
        seeder = Seeder(server)
        with closing(seeder.process.stdin):
            answer = seeder("command", words=["restore", file])
            server.stop()
            assert seeder("command", words=["restore", file])["refused"] == ""
        seeder.process.wait(20)
        seeder.process.stdout.close()
    assert answer["refused"] == "Loggia is running on this DATA_DIR. Stop it, then restore."
