"""/people/<handle>: a card about one person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from workspace.directory import people_seen_by, projects_shared


@require_safe
@login_required
def person(request: SignedInRequest, handle: str) -> HttpResponse:
    """Name, handle, time zone, and the projects that both are in."""
    other = get_object_or_404(people_seen_by(request.user), handle=handle.lower())
    context = {"person": other, "shared": projects_shared(request.user, other)}
    return render(request, "workspace/person.html", context)
