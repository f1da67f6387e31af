"""What a socket is told when something could not be done, through no fault of its own."""

import logging
from typing import Any

import orjson

from workspace.errors import AWAY, is_away
from workspace.sockets import Login, Send, Socket

log = logging.getLogger(__name__)

TRY_LATER = 1013  # the close code where the database does not answer
NOBODY = Login(0)


def told(frame: dict[str, Any], error: Exception) -> tuple[str, str]:
    """Write down that the frame failed. The code and the sentence of the `error` frame: the client sends it again."""
    if is_away(error):
        log.warning("The database failed a frame of type %s: %s", frame.get("type"), error)
        return "unavailable", AWAY
    log.error("A frame of type %s failed", frame.get("type"), exc_info=error)
    return "internal", "Something broke on our side. It is logged. Try again."


def away(error: Exception) -> int:
    """Write down that a socket could not be opened. The code to close it with."""
    log.warning("A socket could not be opened: %s", error)
    return TRY_LATER


def refuse(send: Send, project_id: int, code: int) -> None:
    """Close a connection that has no login, with a sentence where the code alone says too little."""
    door = Socket(send, NOBODY, project_id, as_data=True)
    if code == TRY_LATER:
        door.send(orjson.dumps({"type": "error", "code": "unavailable", "message": AWAY}).decode())
    door.end(code)
