"""`make run` with what people mistype: one sentence, exit status 1, no traceback."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import ROOT, Server

SERVE = [sys.executable, "manage.py", "serve"]


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    settings = {**Server(data_dir=tmp_path / "data").env, **env}
    return subprocess.run(SERVE, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a number from 1 to 65535, not 'eighty'."),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535, not '70000'."),
        (
            {"HOST": "no.such.host.invalid"},
            "HOST 'no.such.host.invalid' is not a name or an address of this machine.",
        ),
        ({"HOST": "192.0.2.1"}, "HOST 192.0.2.1 is not an address of this machine."),
        ({"DATA_DIR": "/etc/hostname"}, "DATA_DIR /etc/hostname cannot be used"),
        ({"DATA_DIR": "/proc/loggia"}, "DATA_DIR /proc/loggia cannot be used"),
        ({"DATABASE_URL": "mysql://root@localhost/chat"}, "DATABASE_URL must be postgresql://"),
        ({"DATABASE_URL": "postgresql://h:port/x"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/loggia"}, "The database does not answer: connection"),
        ({"DATABASE_URL": "sqlite:////proc/loggia.sqlite3"}, "The database does not answer: unable to open"),
        ({"REDIS_URL": "redis://127.0.0.1:1"}, "Redis at 127.0.0.1:1 does not answer"),
        ({"REDIS_URL": "http://127.0.0.1"}, "REDIS_URL cannot be read"),
        ({"WORKERS": "2"}, "WORKERS=2 needs PostgreSQL and Redis"),
        ({"WORKERS": "many"}, "WORKERS must be a number from 1 to 64, not 'many'."),
        ({"SMTP_URL": "mail.example.com"}, "SMTP_URL must look like"),
        ({"SMTP_URL": "smtp://mail.example.com:x"}, "SMTP_URL must look like"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES must be a number"),
    ],
)
def test_says_in_one_sentence_what_is_wrong(tmp_path: Path, env: dict[str, str], sentence: str) -> None:
    done = start(tmp_path, **({"PORT": "18000"} | env))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Loggia cannot start. {sentence}")
    assert done.stderr.count("\n") == 1, "one line, no traceback"


def test_names_the_next_port_when_one_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Loggia cannot start. Port {port} on 127.0.0.1 is in use. Choose another: PORT={port + 1} make run.\n"
    )


def test_keeps_a_password_to_itself(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="postgresql://ana:hunter2@127.0.0.1:1/loggia")
    assert done.returncode == 1
    assert "hunter2" not in done.stderr + done.stdout


def test_makes_the_secret_key_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    with Server(data_dir=tmp_path) as server:
        key = tmp_path / "secret_key"
        first = key.read_text()
        assert oct(key.stat().st_mode & 0o777) == "0o600"
        assert len(first) > 50
        server.restart()
        assert key.read_text() == first


def test_points_an_empty_installation_to_its_setup(tmp_path: Path) -> None:
    with Server(data_dir=tmp_path) as server:
        assert f"Open {server.url}/setup to begin." in server.log.read_text()
