"""Settings → Appearance: the theme of this browser, kept in a cookie so that the first paint is right."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import AppearanceForm
from accounts.requests import SignedInRequest
from accounts.theme import THEME_COOKIE, theme_of

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest) -> HttpResponse:
    """Shows and changes the theme."""
    form = AppearanceForm(request.POST or None, initial={"theme": theme_of(request) or "system"})
    if not form.is_valid():
        return render(request, "accounts/appearance.html", {"form": form, "tab": "appearance"})
    response = redirect("settings", "appearance")
    if form.cleaned_data["theme"] == "system":
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    else:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            THEME_COOKIE,
            form.cleaned_data["theme"],
            max_age=A_YEAR,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
    messages.success(request, "Theme saved.")
    return response
