"""Settings → Profile: how others see a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import change_profile
from accounts.fields import spread_errors
from accounts.forms import ProfileForm
from accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest) -> HttpResponse:
    """Shows and changes the name, the handle, the time zone and the colour."""
    form = ProfileForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            change_profile(request.user, **form.cleaned_data)
        except ValidationError as error:
            spread_errors(form, error)
            request.user.refresh_from_db()
        else:
            messages.success(request, "Profile saved.")
            return redirect("settings", "profile")
    return render(request, "accounts/profile.html", {"form": form, "tab": "profile"})
