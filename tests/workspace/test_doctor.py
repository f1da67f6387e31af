"""The doctor: of each finding, that it is made where there is cause, and not where there is none."""

import shutil
import smtplib
import sqlite3
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Self

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tasks.models import Task
from workspace import doctor, versions
from workspace.doctor import configuration, place, program, services
from workspace.doctor.finding import Finding, fault, warning
from workspace.environment import MailServer
from workspace.models import Event

GOOD_KEY = "q7wz0k3m9x1c5v8b2n4l6j0h9g3f1d5sQ7WZ0K3M9X1C5V8B2N4L6J0"


def said(look) -> list[str]:
    return [f"{'fault' if found.is_fault else 'warning'}: {found.sentence}" for found in look()]


@pytest.fixture
def data_dir(settings, tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


@pytest.fixture
def file_database(settings, data_dir: Path) -> Path:
    """As if the database were a file in the folder."""
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite alone")
    path = data_dir / "loggia.sqlite3"
    settings.DATABASES["default"] = {**settings.DATABASES["default"], "NAME": path}
    path.touch(mode=0o600)
    return path


# -- Settings


def test_debug_is_for_ones_own_machine(settings):
    settings.DEBUG = False
    assert said(configuration.debug) == []
    settings.DEBUG = True
    assert said(configuration.debug)[0].startswith("fault: DEBUG is on")


@pytest.mark.parametrize("key", ["hunter2", "a" * 80])
def test_a_key_that_can_be_guessed(settings, key):
    settings.SECRET_KEY = key
    assert said(configuration.secret_key) == [
        f"fault: SECRET_KEY has {len(key)} characters and can be guessed."
    ]
    settings.SECRET_KEY = GOOD_KEY
    assert said(configuration.secret_key) == []


@pytest.mark.parametrize(
    ("url", "sentences"),
    [
        ("", ["warning: PUBLIC_URL is not set, so links in mails have whatever address a request claims."]),
        (
            "http://team.example",
            ["warning: PUBLIC_URL is http://team.example, so passwords cross the network in the clear."],
        ),
        ("http://localhost:8000", []),
        ("https://team.example", []),
    ],
)
def test_the_public_address(settings, url, sentences):
    settings.PUBLIC_URL, settings.SECURE = url, url.startswith("https")
    assert said(configuration.public_url) == sentences


@pytest.mark.parametrize(
    ("proxies", "believed", "words"),
    [(0, "", "TRUSTED_PROXIES is 0"), (1, "", "FORWARDED_ALLOW_IPS is not"), (1, "127.0.0.1", "")],
)
def test_a_proxy_that_is_half_configured(settings, monkeypatch, proxies, believed, words):
    settings.SECURE, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, proxies
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", believed)
    found = said(configuration.proxies)
    assert len(found) == (1 if words else 0)
    assert words in "".join(found)


def test_mail_that_reaches_nobody(settings):
    settings.MAIL = None
    assert said(configuration.mail)[0].startswith("warning: SMTP_URL is not set")
    settings.MAIL = MailServer("mail.example", 25, "", "", use_starttls=False, use_tls=False)
    assert said(configuration.mail) == []


def test_what_django_finds(settings):
    settings.SECURE = True
    settings.SESSION_COOKIE_SECURE = False
    assert any("SESSION_COOKIE_SECURE" in sentence for sentence in said(configuration.django))
    settings.SECURE = False
    assert said(configuration.django) == []


# -- Files


def test_a_folder_that_cannot_be_written(settings, data_dir):
    assert said(place.folder) == []
    settings.DATA_DIR = Path("/proc/loggia")
    assert said(place.folder)[0].startswith("fault: DATA_DIR /proc/loggia cannot be written")


def test_a_key_that_others_can_read(data_dir):
    key = data_dir / "secret_key"
    key.touch(mode=0o600)
    assert said(place.private_files) == []
    key.chmod(0o640)
    assert said(place.private_files) == [
        f"fault: Others on this machine can read {key}, and sign in as anybody."
    ]


def test_a_database_that_others_can_read(file_database):
    file_database.chmod(0o644)
    assert said(place.private_files) == [], "nobody else gets into the folder"
    file_database.parent.chmod(0o755)
    assert said(place.private_files) == [f"warning: Others on this machine can read {file_database}."]


@pytest.mark.parametrize(
    ("free", "total", "grade"),
    [(400e9, 1000e9, ""), (40e9, 1000e9, "warning"), (50e6, 100e6, "fault"), (0, 1000e9, "fault")],
)
def test_a_disk_that_fills_up(monkeypatch, data_dir, free, total, grade):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=int(free), total=int(total)))
    assert "".join(said(place.disk)).partition(":")[0] == grade


@pytest.mark.parametrize(
    ("version", "is_fault"),
    [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 50, 7), False), ((3, 44, 6), False)],
)
def test_an_sqlite_that_loses_what_it_was_given(monkeypatch, file_database, version, is_fault):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert bool(said(place.sqlite)) is is_fault


@pytest.mark.parametrize(("kind", "is_fault"), [("nfs4", True), ("cifs", True), ("ext4", False)])
def test_an_sqlite_on_a_network(monkeypatch, file_database, tmp_path, kind, is_fault):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"overlay / overlay rw 0 0\nserver:/x {file_database.parent.resolve()} {kind} rw 0 0\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    assert [f"({kind})" in sentence for sentence in said(place.sqlite)] == [True] * is_fault


@pytest.mark.parametrize(("mode", "is_fault"), [("wal", False), ("delete", True)])
def test_the_journal_of_sqlite(monkeypatch, mode, is_fault):
    cursor = SimpleNamespace(execute=lambda _: cursor, fetchone=lambda: (mode,))
    within = SimpleNamespace(__enter__=lambda _: cursor, __exit__=lambda *_: None)
    context = type("Context", (), vars(within))()
    monkeypatch.setattr(place, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: context))
    assert bool(said(place.journal)) is is_fault


# -- The program


def test_an_old_python(monkeypatch):
    assert said(program.python) == []
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert said(program.python)[0].startswith("fault: This is Python")


def test_a_library_with_a_known_weakness(monkeypatch):
    assert said(program.libraries) == []
    monkeypatch.setitem(versions.LEAST, "Django", "99.1")
    (found,) = said(program.libraries)
    assert found.startswith("fault: Django 5.2")


def test_migrations_that_wait_and_a_database_that_is_newer(db, monkeypatch):
    assert said(program.migrations) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('chat', '9999_later', '2030-01-01')"
        )
    newer, waiting = said(program.migrations)
    assert newer == "fault: The database is of a newer release: chat.9999_later is not known here."
    assert waiting == "warning: 1 migrations have not run."


@pytest.mark.django_db(transaction=True)
def test_a_board_that_is_not_what_the_log_says(task):
    assert said(program.board) == []
    Task.objects.filter(pk=task.pk).update(title="Something else")
    (found,) = said(program.board)
    assert found.startswith("fault: The board differs from the log in 1 places, the first: WEB-1 title:")


# -- Services


def test_a_database_that_is_away(monkeypatch, db):
    assert said(services.database) == []
    monkeypatch.setattr(services.preflight, "database", away("The database does not answer: refused."))
    assert said(services.database) == ["fault: The database does not answer: refused."]


def test_a_database_that_is_far_or_old(monkeypatch, db):
    monkeypatch.setattr(services, "SLOW", 60)
    assert said(services.database_speed) == []
    monkeypatch.setattr(services, "SLOW", -1)
    assert "ms to answer SELECT 1" in said(services.database_speed)[0]
    monkeypatch.setattr(services, "connection", SimpleNamespace(vendor="postgresql"))
    monkeypatch.setattr(services, "_ask", lambda _: "130012")
    assert said(services.database_speed)[0] == "fault: PostgreSQL is 13."


class OldRedis:
    """Redis 5, whose clock is two minutes ahead."""

    @classmethod
    def from_url(cls, *_: object, **__: object) -> "OldRedis":
        return cls()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def info(self, _: str) -> dict[str, str]:
        return {"redis_version": "5.0.14"}

    def ping(self) -> None: ...

    def time(self) -> tuple[float, int]:
        return time.time() + 120, 0


def test_redis_away_old_slow_and_at_another_time(settings, monkeypatch):
    settings.REDIS_URL = ""
    assert said(services.redis) == []
    settings.REDIS_URL = "redis://127.0.0.1:1"
    assert said(services.redis)[0].startswith("fault: Redis at 127.0.0.1:1 does not answer")
    monkeypatch.setattr(services.preflight, "redis", lambda _: None)
    monkeypatch.setattr("redis.Redis", OldRedis)
    monkeypatch.setattr(services, "SLOW", -1)
    old, slow, apart = said(services.redis)
    assert old == "fault: Redis is 5.0.14."
    assert slow.startswith("warning: Redis needs")
    assert apart == "fault: The clock of Redis is 120 s ahead of this machine's."


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPAuthenticationError(535, b"secret")])
def test_a_mail_server_that_does_not_take_us(settings, monkeypatch, error):
    settings.MAIL = None
    assert said(services.mail_server) == []
    settings.MAIL = MailServer("mail.example", 25, "", "", use_starttls=False, use_tls=False)
    assert said(services.mail_server) == [], "the one of the tests takes everything"
    monkeypatch.setattr(services, "get_connection", away("", error))
    (found,) = said(services.mail_server)
    assert type(error).__name__ in found
    assert "secret" not in found


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        (0.5, []),
        (-30, ["warning: The clock of the disk is 30 s behind this machine's."]),
        (3600, ["fault: The clock of the disk is 3600 s ahead of this machine's."]),
    ],
)
def test_a_clock_that_goes_another_way(monkeypatch, data_dir, ahead, sentence):
    now = time.time()
    monkeypatch.setattr(services, "time", SimpleNamespace(time=lambda: now))
    monkeypatch.setattr(services.Path, "stat", lambda _: SimpleNamespace(st_mtime=now + ahead))
    assert said(services.clocks_beside) == sentence


def test_an_event_that_is_yet_to_come(alice, monkeypatch):
    assert said(services.database_clock) == []
    monkeypatch.setattr(
        services, "time", SimpleNamespace(time=(timezone.now() - timedelta(hours=2)).timestamp)
    )
    assert any("which is yet to come" in sentence for sentence in said(services.database_clock))
    assert Event.objects.exists()


# -- All of it


def test_faults_make_it_fail_and_warnings_do_not(monkeypatch, capsys):
    monkeypatch.setattr(
        doctor, "findings", lambda: iter([warning("Odd.", "Look."), fault("Wrong.", "Mend it.")])
    )
    with pytest.raises(SystemExit, match="1"):
        call_command("doctor")
    assert capsys.readouterr().out.splitlines()[:4] == [
        "warning  Odd.",
        "         Look.",
        "FAULT    Wrong.",
        "         Mend it.",
    ]
    monkeypatch.setattr(doctor, "findings", lambda: iter([warning("Odd.", "Look.")]))
    call_command("doctor")
    assert "0 faults, 1 warnings." in capsys.readouterr().out


def test_where_the_database_is_away_the_rest_is_looked_at_all_the_same(monkeypatch, settings):
    settings.DEBUG = True
    monkeypatch.setattr(services.preflight, "database", away("The database does not answer: refused."))
    monkeypatch.setattr(doctor, "IN_THE_DATABASE", (lambda: pytest.fail("it was asked"),))
    found = [finding.sentence for finding in doctor.findings()]
    assert found[-1] == "The database does not answer: refused."
    assert any(sentence.startswith("DEBUG is on") for sentence in found)


@pytest.mark.django_db(transaction=True)
def test_a_sound_installation_has_no_fault(settings, data_dir, alice):
    settings.SECRET_KEY, settings.DEBUG = GOOD_KEY, False
    assert [finding for finding in doctor.findings() if finding.is_fault] == []


def away(sentence: str, error: Exception | None = None):
    def fail(*_: object, **__: object) -> None:
        raise error or ImproperlyConfigured(sentence)

    return fail


def test_every_finding_says_what_to_do():
    assert isinstance(fault("a", "b"), Finding)
    assert (fault("a", "b").is_fault, warning("a", "b").is_fault) == (True, False)
