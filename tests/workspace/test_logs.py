"""What is written down, and what is not."""

import json
import logging
import sys

import pytest
from asgiref.testing import ApplicationCommunicator
from django.urls import resolve

from workspace import logs
from workspace.logs import Json, Plain, configuration, without_secrets
from workspace.request_ids import RequestIds

TOKEN = "lg_" + "Ab0-_" * 8
KEY = "q7wz0k3m9x1c5v8b2n4l6j0h9g3f1d5s"


def record(message: str, *args: object, level: int = logging.WARNING, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("chat.desk", level, __file__, 1, message, args, None)
    made.__dict__.update(more)
    return made


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"token {TOKEN}.", "token lg_…."),
        (f"Authorization: Bearer {TOKEN}", "Authorization: Bearer …"),
        (f"'cookie': '__Host-session={KEY}'", "'cookie': '…'"),
        (f"loggia_session={KEY}; theme=dark", "loggia_session=…; theme=dark"),
        (f"Key (session_key)=({KEY}) already exists.", "Key (session_key)=(…) already exists."),
        ("Not Found: /join/short-one", "Not Found: /join/…"),
        ("GET /login/reset/3f-d0cbwx-0123456789abcdef HTTP/1.1", "GET /login/reset/… HTTP/1.1"),
        ("postgresql://ana:hunter2@db/loggia", "postgresql://…@db/loggia"),
        ("password=hunter2 host=db", "password=… host=db"),
        ('{"password": "hunter2", "name": "Ana"}', '{"password": "…", "name": "Ana"}'),
        ('"SECRET_KEY":"hunter2"', '"SECRET_KEY":"…"'),
    ],
)
def test_a_secret_is_left_out_and_what_stands_around_it_stays(text, left):
    assert without_secrets(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "OperationalError: no such table: workspace_membership",
        'File "/opt/loggia/workspace/templatetags/assets.py", line 31, in module_preloads',
        "    password: str = request.POST['name']",
        "The channel layer lost a message for project.12: TimeoutError()",
        "3f2a9c01d4e5b677",
    ],
)
def test_what_is_no_secret_can_be_read(text):
    assert without_secrets(text) == text


def test_a_hostile_text_is_cut_and_costs_little():
    for piece in ("key", "session", "://", "Bearer ", "/join/", "a1-", "lg_"):
        assert len(without_secrets(piece * 100_000)) <= logs.MOST + 3


def test_a_line_is_one_json_object_however_the_message_is_written():
    line = Json().format(record('two\nlines and "quotes" %s', '\r\n{"level": "error"}'))
    assert "\n" not in line
    assert json.loads(line)["message"] == 'two\nlines and "quotes" \r\n{"level": "error"}'


def test_only_known_fields_are_written_and_a_path_is_written_as_its_route(rf):
    request = rf.get("/join/spring-2026")
    request.resolver_match = resolve("/join/spring-2026")
    line = json.loads(Json().format(record("%s failed", request.path, request=request, cookie=KEY)))
    assert line["message"] == "/join/<str:code> failed"
    assert (line["method"], line["route"]) == ("GET", "/join/<str:code>")
    assert "cookie" not in line


def test_a_fault_brings_its_traceback_without_what_is_secret_in_it():
    try:
        raise ValueError(f"no session {KEY}")
    except ValueError:
        made = record("It failed")
        made.exc_info = sys.exc_info()
    fault = json.loads(Json().format(made))["fault"]
    assert fault.startswith("Traceback (most recent call last):")
    assert fault.endswith("ValueError: no session …")


def test_at_a_terminal_news_is_plain_and_trouble_has_its_place():
    assert Plain().format(record("Loggia runs.", level=logging.INFO)) == "Loggia runs."
    assert Plain().format(record("Odd: %s", TOKEN)).endswith(" WARNING chat.desk: Odd: lg_…")


def test_faults_of_pages_are_written_down_and_what_strangers_ask_in_vain_is_not():
    loggers = configuration(is_plain=False)["loggers"]
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("django.request").isEnabledFor(logging.WARNING)
    assert loggers["django"]["propagate"] is True


@pytest.mark.parametrize(("proxies", "is_believed"), [(0, False), (1, True)])
async def test_only_a_proxy_names_a_request(settings, proxies, is_believed):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    async def application(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    given = b"0f8fad5b-d9cb-469f-a165-70867728950e"
    scope = {"type": "http", "headers": [(b"x-request-id", given)]}
    start = await ApplicationCommunicator(RequestIds(application), scope).receive_output()
    ((name, value),) = start["headers"]
    assert name == b"x-request-id"
    assert (value == given) is is_believed
    assert len(value) in {16, len(given)}
