"""/join/<code>: an invitation, for somebody new and for somebody who has an account."""

from http import HTTPStatus

from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.utils import perform_login
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.actions import EMAIL_TAKEN, draft_person
from accounts.fields import spread_errors
from accounts.models import User
from workspace.actions import accept_invitation
from workspace.errors import Refused
from workspace.forms import PersonForm
from workspace.models import Invitation, Membership
from workspace.opening import find_invitation, join_as_new_person, why_closed


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Shows who invites to what; a POST joins. A member already goes on to the project, whatever became of the link."""
    invitation = find_invitation(code)
    if invitation and isinstance(request.user, User) and _is_in(request.user, invitation):
        return redirect(invitation.project)
    if invitation is None or why_closed(invitation):
        return _closed(request, invitation)
    try:
        if isinstance(request.user, User):
            return _as_oneself(request, request.user, invitation)
        return _as_somebody_new(request, invitation)
    except Refused:  # it was the last use, and somebody else had it
        return _closed(request, find_invitation(code))


def _as_oneself(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, invitation)
    return redirect(accept_invitation(invitation, user).project)


def _as_somebody_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    is_valid = form.is_valid()
    if form.is_bound and limits.is_too_often(request, "signup"):
        limits.refuse(form, request, "signup")
        return limits.with_status(request, _page(request, invitation, form))
    if not is_valid:
        return _page(request, invitation, form)
    try:
        draft = draft_person(**form.draft())
        member = join_as_new_person(draft, invitation, is_verified=False)
    except ValidationError as error:
        return _refused(request, invitation, form, error)
    url = member.project.get_absolute_url()
    response: HttpResponse = perform_login(request, member.user, redirect_url=url, signup=True)
    return response


def _refused(
    request: HttpRequest, invitation: Invitation, form: PersonForm, error: ValidationError
) -> HttpResponse:
    """Where addresses are verified by mail, one that is taken gets the same answer as one that is free."""
    if settings.MAIL and EMAIL_TAKEN in error.messages:
        response: HttpResponse = prevent_enumeration(request, email=form.cleaned_data["email"].lower())
        return response
    spread_errors(form, error)
    return _page(request, invitation, form)


def _page(request: HttpRequest, invitation: Invitation, form: PersonForm | None = None) -> HttpResponse:
    here = Membership.objects.filter(project=invitation.project, user__is_active=True).select_related("user")
    context = {
        "invitation": invitation,
        "form": form,
        "people": here.order_by("joined_at")[:5],
        "count": here.count(),
    }
    return render(request, "workspace/join.html", context)


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    context = {"reason": why_closed(invitation)}
    status = HTTPStatus.GONE if invitation else HTTPStatus.NOT_FOUND
    return render(request, "workspace/join_closed.html", context, status=status)


def _is_in(user: User, invitation: Invitation) -> bool:
    return Membership.objects.filter(user=user, project=invitation.project).exists()
