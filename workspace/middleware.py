"""What holds for every answer."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from workspace import metrics
from workspace.errors import Refused, TooFast
from workspace.logs import route_of
from workspace.pace import SENDING

GetResponse = Callable[[HttpRequest], HttpResponse]

UNCOUNTED = {"GET", "HEAD", "OPTIONS"}


class Counted:
    """Counts each request for `/metrics`, by its route: an address may hold a secret, and there are too many of them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        metrics.answered(request.method, route_of(request), response.status_code, began)
        return response


class ReadableRequests:
    """Refuses what cannot be read, before anything reads it: a charset that is none of text's, which Django would try, and
    a NUL in an address or a cookie, which PostgreSQL does not take.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_readable(request):
            return self.get_response(request)
        if request.path.startswith("/api/") or wants_json(request):
            message = "This request cannot be read. Send text as UTF-8."
            return JsonResponse({"code": "bad_request", "message": message}, status=400)
        return HttpResponseBadRequest(render_to_string("400.html"))  # with the request it would read the body


def _is_readable(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    has_nul = "\0" in request.path or any("\0" in value for value in request.COOKIES.values())
    return charset.lower() in {"utf-8", "utf8"} and not has_nul


class PrivateAnswers:
    """No cache, on the way or in the browser, keeps what somebody was shown, and no page of another site embeds it.

    It stands before everything else, so that a refusal that is given on the way in is such an answer, too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefusalsAsAnswers:
    """An action that refuses becomes an answer with its sentence: JSON for programs, a page for people."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refused) else None


class OneAtAPace:
    """Counts what a signed-in person sends by HTTP, together with what their sockets send."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in UNCOUNTED or not request.user.is_authenticated:
            return self.get_response(request)
        try:
            SENDING.spend(request.user.pk)
        except TooFast as error:
            return refused(request, error)
        return self.get_response(request)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The answer that says why nothing happened."""
    if wants_json(request):
        return JsonResponse(error.as_dict(), status=error.status, headers=error.headers)
    return with_refusal(render(request, "errors/refused.html", {"refusal": error}), error)


def with_refusal(page: HttpResponse, error: Refused) -> HttpResponse:
    """A page that says why nothing happened, with the status and the headers that say so to programs."""
    page.status_code = error.status
    for name, value in error.headers.items():
        page[name] = value
    return page


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a script of ours, or a program, rather than a person who follows a link."""
    return "application/json" in request.headers.get("Accept", "")
