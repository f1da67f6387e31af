"""What holds for every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from workspace.errors import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivateAnswers:
    """No cache, on the way or in the browser, keeps what a signed-in person was shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalsAsAnswers:
    """An action that refuses becomes an answer with its sentence: JSON for programs, a page for people."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if wants_json(request):
            return JsonResponse(error.as_dict(), status=error.status)
        return render(request, "errors/refused.html", {"refusal": error}, status=error.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a script of ours, or a program, rather than a person who follows a link."""
    return "application/json" in request.headers.get("Accept", "")
