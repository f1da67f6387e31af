"""What a load balancer asks: is the process up, and can it do its work."""

import asyncio
import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from workspace import ending

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that the channel layer has to answer


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process is up. Nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database and the channel layer answer; 503 says which of them does not, or that the server is ending."""
    reason = _ending() or _database_fault() or _layer_fault()
    if reason:
        return JsonResponse({"code": "not_ready", "message": reason}, status=503)
    return JsonResponse({"status": "ready"})


def _ending() -> str:
    return "The server is ending." if ending.is_asked() else ""


def _database_fault() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        log.warning("The database does not answer: %s", error)
        return "The database does not answer."
    return ""


def _layer_fault() -> str:
    try:
        async_to_sync(_knock)()
    except Exception as error:  # each layer has errors of its own
        log.warning("The channel layer does not answer: %s", error)
        return "The channel layer does not answer."
    return ""


async def _knock() -> None:
    async with asyncio.timeout(PATIENCE):
        await get_channel_layer().group_send("readyz", {"type": "ready"})
