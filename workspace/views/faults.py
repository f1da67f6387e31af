"""The answer to what nobody has caught."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from workspace.errors import AWAY, is_away
from workspace.middleware import wants_json

BROKEN = "Something broke on our side. It has been written down."


def fault(request: HttpRequest) -> HttpResponse:
    """503 where the database does not answer, 500 for everything else: a page for people, JSON for programs."""
    if is_away(sys.exc_info()[1]):
        status, code, message = 503, "unavailable", AWAY
    else:
        status, code, message = 500, "internal", BROKEN
    if request.path.startswith("/api/") or wants_json(request):
        response: HttpResponse = JsonResponse({"code": code, "message": message}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if status == 503:
        response["Retry-After"] = "2"
    return response
