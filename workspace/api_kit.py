"""What the routers of all apps have in common: who calls, through which membership, and what is refused in which words."""

from datetime import timedelta
from typing import Annotated, Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.log import log_response
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.security.base import AuthBase
from ninja.utils import check_csrf
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from accounts.models import ApiToken, User
from workspace.changes import Gone
from workspace.errors import AWAY, UNAVAILABLE, Refused, TooFast, is_away
from workspace.models import Membership
from workspace.pace import SENDING
from workspace.permissions import membership_for

MOST_ROWS = 200
LARGEST = 2**63 - 1  # no database counts further
Number = Annotated[int, Field(ge=0, le=LARGEST, strict=True)]
Position = Annotated[int, Field(ge=0), AfterValidator(lambda number: min(number, LARGEST))]
Limit = Annotated[int, AfterValidator(lambda number: max(1, min(number, MOST_ROWS)))]
Word = Annotated[str, BeforeValidator(lambda text: text.replace("\0", "") if isinstance(text, str) else text)]

DENIED = "Sign in, or send a token: Authorization: Bearer lg_…"
NO_CSRF = "A request from a browser needs its CSRF token, in the header X-CSRFToken."


class ApiRequest(HttpRequest):
    """A request of a known person."""

    auth: User


class Body(Schema):
    """What a program sends. A field that is not known is a mistake, and not ignored."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """What every error answers."""

    code: str
    message: str


class Caller(AuthBase):
    """A bearer token, which counts alone, or the session of a browser. Calls count with what the person's sockets send."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> User | None:
        person = self._person(request)
        if person is not None:
            SENDING.spend(person.pk)
        return person

    def _person(self, request: HttpRequest) -> User | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme:
            return _user_of(secret.strip()) if scheme.lower() == "bearer" else None
        if not isinstance(request.user, User):
            return None
        if check_csrf(request):
            raise AuthorizationError(message=NO_CSRF)
        return request.user


def _user_of(secret: str) -> User | None:
    token = ApiToken.find(secret)
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


def member_of(request: ApiRequest, project_id: int) -> Membership:
    """The membership through which the caller reaches the project. Raises `Http404`."""
    return membership_for(request.auth, project_id=within(project_id))


def within(number: int) -> int:
    """A number from an address. Raises `Http404` for one that no row can have."""
    if number > LARGEST:
        raise Http404
    return number


def problem(status: int, code: str, message: str, **more: Any) -> JsonResponse:
    """An error as every client gets it."""
    return JsonResponse({"code": code, "message": message, **more}, status=status)


def not_found() -> JsonResponse:
    """The one answer for what does not exist and for what the caller may not see."""
    return problem(404, "not_found", "There is nothing here, or nothing that you may see.")


def handle_errors(api: NinjaAPI) -> None:
    """Answer every error as a `Problem`."""
    for kind, answer in {
        Http404: lambda _request, _error: not_found(),
        Gone: lambda _request, _error: not_found(),
        TooFast: lambda _request, error: _too_fast(error),
        Refused: lambda _request, error: JsonResponse(error.as_dict(), status=error.status),
        AuthenticationError: lambda _request, _error: _unknown_caller(),
        AuthorizationError: lambda _request, error: problem(403, "forbidden", str(error)),
        ValidationError: lambda _request, error: problem(422, "invalid", _first_mistake(error)),
        BadRequest: lambda _request, _error: _unreadable(),
        SuspiciousOperation: lambda _request, _error: _unreadable(),
        MultiPartParserError: lambda _request, _error: _unreadable(),
        HttpError: lambda _request, error: problem(error.status_code, "bad_request", "The body is not JSON."),
        Exception: _fault,
    }.items():
        api.add_exception_handler(kind, answer)
    for kind in UNAVAILABLE:
        api.add_exception_handler(kind, _away)


def _too_fast(error: TooFast) -> HttpResponse:
    answer = problem(error.status, error.code, error.message)
    answer["Retry-After"] = error.headers["Retry-After"]
    return answer


def _unreadable() -> HttpResponse:
    return problem(400, "bad_request", "The body cannot be read.")


def _unknown_caller() -> HttpResponse:
    answer = problem(401, "unauthorized", DENIED)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _first_mistake(error: ValidationError) -> str:
    first = error.errors[0]
    field = next(
        (str(part) for part in reversed(first["loc"]) if part not in {"body", "query", "path"}), "body"
    )
    return f"{field}: {first['msg']}."


def _away(request: HttpRequest, error: Any) -> HttpResponse:
    if not is_away(error):
        return _fault(request, error)
    answer = problem(503, "unavailable", AWAY)
    answer["Retry-After"] = "2"
    log_response(f"The database failed %s: {error}", request.path, response=answer, request=request)
    return answer


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    answer = problem(500, "internal", "Something broke on our side. It has been written down.")
    log_response("%s failed", request.path, response=answer, request=request, exception=error)
    return answer
