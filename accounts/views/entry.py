"""Signing in and asking for a reset link, by django-allauth; here with what is answered to too many attempts."""

from allauth.account import views as allauth
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts import limits

MINUTE = 60


class Login(allauth.LoginView):  # type: ignore[misc]
    """E-mail and password. The adapter counts attempts."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The form again, with the address in it."""
        return limits.with_status(self.request, super().form_invalid(form))


class PasswordReset(allauth.PasswordResetView):  # type: ignore[misc]
    """The address that a link is sent to."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Sends the link, or shows the form again to somebody who asks too often."""
        if limits.is_too_often(self.request, "reset_password", dry_run=True):
            limits.refuse(form, self.request, "reset_password")
            return limits.with_status(self.request, self.form_invalid(form))
        response: HttpResponse = super().form_valid(form)
        return response


def too_often(request: HttpRequest) -> HttpResponse:
    """What django-allauth answers elsewhere to too many attempts, all of which it counts by the minute."""
    if "application/json" in request.headers.get("Accept", ""):
        problem = {"code": "rate_limited", "message": limits.sentence(MINUTE)}
        return JsonResponse(problem, status=429, headers={"Retry-After": str(MINUTE)})
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(MINUTE)
    return response
