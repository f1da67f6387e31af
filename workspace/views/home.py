"""The front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from workspace.models import Membership


def home(request: HttpRequest) -> HttpResponse:
    """To the first project, or to the list of them; to `/setup` while there are no people, to sign in before that."""
    if not request.user.is_authenticated:
        return redirect("account_login" if User.objects.exists() else "setup")
    rows = Membership.objects.filter(user=request.user.pk).select_related("project")
    last = rows.order_by("-project__last_seq").first()
    return redirect(last.project if last else "projects")
