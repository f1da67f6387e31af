"""The HTTP API: the routers of all apps under `/api/v1/`, and what every answer has in common."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.urls.resolvers import URLPattern
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from accounts.api import router as accounts
from chat.api import router as chat
from chat.api_saved_views import router as saved_views
from chat.api_tasks import router as listing
from tasks.api import router as tasks
from workspace.api_kit import Caller, handle_errors, not_found, problem
from workspace.api_projects import router as projects

MOST_BYTES = 65_536  # of a body, as of a socket's frame
View = Callable[..., HttpResponseBase]

api = NinjaAPI(
    title=settings.PRODUCT_NAME,
    version="1",
    description="What you may do in the browser. Errors are {code, message}.",
    auth=Caller(),
    docs_url=None,
)
handle_errors(api)
for router in (accounts, projects, listing, saved_views, tasks, chat):
    api.add_router("", router)


def in_our_words(view: View) -> View:
    """Say as a `Problem` what the frameworks would say in HTML or plain text."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if is_too_large(request):
            return problem(413, "too_large", "A body may have 64 KiB.")
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return not_found()
        if response.status_code != 405:
            return response
        refusal = problem(405, "method_not_allowed", f"This address does not answer {request.method}.")
        refusal["Allow"] = response["Allow"]
        return refusal

    return answer


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body is longer than anything that can be said."""
    try:
        return len(request.body) > MOST_BYTES
    except RequestDataTooBig:
        return True


@csrf_exempt
def nowhere(_request: HttpRequest) -> HttpResponseBase:
    """An address below `/api` that is none: the same answer as for what the caller may not see."""
    return not_found()


paths = api.urls
for pattern in paths[0]:
    assert isinstance(pattern, URLPattern)
    pattern.callback = in_our_words(pattern.callback)

urlpatterns = [path("api/v1/", paths), re_path(r"^api(?:/|$)", nowhere)]
