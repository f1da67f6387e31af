"""Who is at the other end of a socket: its session, or the bearer token of a program."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils.crypto import constant_time_compare

from accounts.models import ApiToken, User
from workspace.sockets import Login

Scope = dict[str, Any]


def login_of(scope: Scope) -> Login | None:
    """The living login of this connection, or None. A token counts alone: the cookie beside it is not looked at."""
    if secret := bearer_of(scope):
        token = ApiToken.find(secret)
        return Login(token.user_id, token=token.pk) if token else None
    key = _session_key(scope)
    user = _user_of_session(key) if key else None
    return Login(user.pk, session=key, password=user.password) if user else None


def bearer_of(scope: Scope) -> str:
    """The bearer token in the headers, or an empty text."""
    for name, value in scope["headers"]:
        if name.lower() == b"authorization" and value[:7].lower() == b"bearer ":
            return str(value[7:].strip().decode("latin-1"))
    return ""


def _session_key(scope: Scope) -> str:
    """The session's key, read as Django's requests do it: Python's own reader drops all cookies for one that it dislikes."""
    cookies = "; ".join(
        value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"cookie"
    )
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    return "" if "\0" in key else key  # PostgreSQL takes none


def _user_of_session(key: str) -> User | None:
    session = import_module(settings.SESSION_ENGINE).SessionStore(key).load()
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = User.objects.filter(pk=session[SESSION_KEY], is_active=True).first()
    if user and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return user
    return None


class SameOrigin:
    """Refuses a handshake from a page of another site. A program with a token has no origin, and needs none.

    Full origins are compared, scheme and port included; channels' `AllowedHostsOriginValidator` lets any port of an allowed
    host pass.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> Any:
        origins = [value for name, value in scope["headers"] if name.lower() == b"origin"]
        if bearer_of(scope) or (len(origins) == 1 and origins[0].decode("latin-1") in _own_origins(scope)):
            return await self.application(scope, receive, send)
        return await nowhere(scope, receive, send)


async def nowhere(_scope: Scope, receive: Any, send: Any) -> None:
    """The end of a handshake that leads to nothing."""
    await receive()
    await send({"type": "websocket.close", "code": 4403})


def _own_origins(scope: Scope) -> set[str]:
    if settings.PUBLIC_URL:
        return {settings.PUBLIC_URL}
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    name, _ = split_domain_port(host)
    return {f"http://{host}", f"https://{host}"} if validate_host(name, settings.ALLOWED_HOSTS) else set()
