"""/setup: the first visit of an empty installation, and never again."""

from allauth.account.utils import perform_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import draft_person
from accounts.fields import spread_errors
from workspace.errors import Refused
from workspace.forms import SetupForm
from workspace.models import Membership
from workspace.opening import is_open_for_setup, open_workspace


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Asks for the first person, the workspace and the first project, and opens that project."""
    if not is_open_for_setup():
        raise Http404
    form = SetupForm(request.POST or None)
    try:
        member = _open(form) if form.is_valid() else None
    except Refused as refusal:
        if refusal.code == "exists":  # somebody else was quicker
            return redirect("account_login")
        form.add_error(None, refusal.message)
        member = None
    if member is None:
        return render(request, "workspace/setup.html", {"form": form})
    response: HttpResponse = perform_login(
        request, member.user, redirect_url=member.project.get_absolute_url()
    )
    return response


def _open(form: SetupForm) -> Membership | None:
    draft = draft_person(**form.draft())
    try:
        return open_workspace(
            draft, workspace=form.cleaned_data["workspace"], project=form.cleaned_data["project"]
        )
    except ValidationError as error:
        spread_errors(form, error)
        return None
