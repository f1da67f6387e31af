"""Which handshakes come through, and whose they are."""

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings as configured
from django.test import Client

from workspace.asgi import application
from workspace.environment import hosts
from workspace.login import login_of
from workspace.sockets import Socket, unwelcome

HOST = [(b"host", b"chat.team.example:8000")]


async def comes_through(path, headers):
    socket = WebsocketCommunicator(application, path, headers=headers)
    connected, _ = await socket.connect()
    await socket.disconnect()
    return connected


@pytest.mark.parametrize(
    ("allowed", "origin", "answer"),
    [
        (".team.example", b"http://chat.team.example:8000", True),
        ("*", b"http://chat.team.example:8000", True),
        ("chat.team.example", b"http://chat.team.example", False),
        ("chat.team.example", b"http://chat.team.example:8001", False),
        ("other.example", b"http://chat.team.example:8000", False),
        ("chat.team.example", b"null", False),
    ],
)
@pytest.mark.django_db(transaction=True)
async def test_a_page_of_a_host_that_may_be_asked_comes_through(settings, project, allowed, origin, answer):
    settings.ALLOWED_HOSTS = [allowed]
    assert await comes_through(f"/ws/project/{project.pk}/", [*HOST, (b"origin", origin)]) is answer


@pytest.mark.parametrize(
    "path", ["/", "/ws/", "/ws/project/x/", f"/ws/project/{'9' * 5000}/", "/ws/project/1"]
)
async def test_an_address_that_is_no_socket_ends_the_handshake(path):
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    assert await comes_through(path, headers) is False


@pytest.mark.parametrize("beside", ['x={"a": 1}; ', "a@b=1; ", 'c="; ', "", "plain; "])
def test_the_session_is_found_beside_whatever_other_cookies_there_are(client: Client, alice, beside):
    client.force_login(alice.user)
    cookie = f"{beside}{configured.SESSION_COOKIE_NAME}={client.session.session_key}"
    login = login_of({"headers": [(b"cookie", cookie.encode())]})
    assert login
    assert login.user_id == alice.user_id


def test_a_password_that_a_command_has_changed_ends_what_the_old_one_opened(client: Client, alice):
    client.force_login(alice.user)
    cookie = f"{configured.SESSION_COOKIE_NAME}={client.session.session_key}"
    login = login_of({"headers": [(b"cookie", cookie.encode())]})
    assert login
    socket = Socket(None, login, alice.project_id, as_data=True)
    assert unwelcome([socket]) == []
    alice.user.set_password("another battery staple")
    alice.user.save()
    assert unwelcome([socket]) == [(socket, 4401)]


@pytest.mark.services
def test_a_session_key_that_no_database_takes_is_none(db):
    cookie = f'{configured.SESSION_COOKIE_NAME}="aaaaaaaaaaaa\\000aaaa"'
    assert login_of({"headers": [(b"cookie", cookie.encode())]}) is None


def test_hosts_are_named_as_requests_name_them(monkeypatch):
    monkeypatch.setenv("HOST", "fd00::5")
    monkeypatch.setenv("ALLOWED_HOSTS", "chat.example, .team.example")
    named = hosts("https://[2001:db8::1]")
    assert {"chat.example", ".team.example", "[2001:db8::1]", "[fd00::5]", "localhost"} <= set(named)
