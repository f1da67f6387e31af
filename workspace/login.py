"""Who is at the other end of a socket: its session, or the bearer token of a program."""

from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
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
    return Login(user.pk, session=key) if user else None


def bearer_of(scope: Scope) -> str:
    """The bearer token in the headers, or an empty text."""
    for name, value in scope["headers"]:
        if name.lower() == b"authorization" and value[:7].lower() == b"bearer ":
            return str(value[7:].strip().decode("latin-1"))
    return ""


def _session_key(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name.lower() == b"cookie":
            morsel = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            return morsel.value if morsel else ""
    return ""


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
        return await self._deny(receive, send)

    async def _deny(self, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.close", "code": 4403})


def _own_origins(scope: Scope) -> set[str]:
    if settings.PUBLIC_URL:
        return {settings.PUBLIC_URL}
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return {f"http://{host}", f"https://{host}"} if name in settings.ALLOWED_HOSTS else set()
