"""Who may open one more socket: so many of one person and from one address are open, and so many are tried in a while."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from workspace.errors import TooFast
from workspace.models import Membership
from workspace.pace import CONNECTS, STRANGERS
from workspace.sockets import Login

MOST_OF_PERSON = 1_000  # open at once, in each process: a program may have one for each of its projects
MOST_OF_ADDRESS = 5_000  # a large office behind one address

FULL = 60.0  # seconds after which it is worth another look

_open: Counter[object] = Counter()

Scope = dict[str, Any]
Place = tuple[object, ...]
Look = Callable[[Scope, int], Awaitable[tuple[Login | None, Membership | None]]]


async def enter(scope: Scope, look: Look, project_id: int) -> tuple[Place, Login | None, Membership | None]:
    """Who is calling, as `look` finds out, and a place for their socket, to be given to `leave`. Raises `TooFast`."""
    knock(scope)
    login, member = await look(scope, project_id)
    return admit(scope, login), login, member


def knock(scope: Scope) -> None:
    """Somebody comes. Raises `TooFast` for an address from which too many came without a login."""
    if (address := address_of(scope)) and (wait := STRANGERS.wait(address)):
        raise TooFast(STRANGERS.what, wait)


def admit(scope: Scope, login: Login | None) -> Place:
    """A place. Raises `TooFast` when there is none for the person.

    To have no login counts against the address, and against nobody who comes from there with one.
    """
    address = address_of(scope)
    if login is None:
        STRANGERS.give(address, -1)
        return ()
    CONNECTS.spend(login.user_id)
    if _open[login.user_id] >= MOST_OF_PERSON or (address and _open[address] >= MOST_OF_ADDRESS):
        raise TooFast(CONNECTS.what, FULL)
    place: Place = (login.user_id, address) if address else (login.user_id,)
    _open.update(place)
    return place


def leave(place: Place) -> None:
    """The socket is gone."""
    for key in place:
        _open[key] -= 1
        if _open[key] <= 0:
            del _open[key]


def address_of(scope: Scope) -> str:
    """The address of the other end, as a proxy that is believed has reported it; empty where there is none."""
    client = scope.get("client")
    return str(client[0]) if client else ""


async def refuse(scope: Scope, send: Any, error: TooFast) -> None:
    """Answer a handshake with 429; with nothing but a refusal where the server cannot say more."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 4429})
        return
    body = orjson.dumps({"code": error.code, "message": error.message})
    headers = [(b"content-type", b"application/json"), (b"retry-after", str(error.retry_after).encode())]
    await send({"type": "websocket.http.response.start", "status": error.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
