"""Settings → Sessions: where a person is signed in, and signing out elsewhere."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import end_sessions
from accounts.requests import SignedInRequest


@require_safe
@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """Lists the sessions that are alive, this one first."""
    sessions = UserSession.objects.purge_and_list(request.user)
    sessions.sort(key=lambda session: (not session.is_current(), -session.pk))
    return render(request, "accounts/sessions.html", {"sessions": sessions, "tab": "sessions"})


@require_POST
@login_required
def end(request: SignedInRequest) -> HttpResponse:
    """Signs out one other session, or all others."""
    only = request.POST.get("session", "")
    if only and not (only.isdecimal() and len(only) < 19):  # no session counts further
        return redirect("settings", "sessions")
    ended = end_sessions(request.user, but=request.session.session_key, only=int(only) if only else None)
    messages.success(request, "Signed out there." if ended == 1 else f"Signed out in {ended} other places.")
    return redirect("settings", "sessions")
