"""Settings → API tokens: made here, shown once, revoked here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import revoke_token
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """Lists the living tokens. A POST makes one; its secret is in this one answer and nowhere else."""
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        _, secret = ApiToken.issue(request.user, form.cleaned_data["name"])
        form = TokenForm()
    tokens = request.user.api_tokens.filter(revoked_at=None).order_by("-pk")
    return render(
        request, "accounts/tokens.html", {"form": form, "secret": secret, "tokens": tokens, "tab": "tokens"}
    )


@require_POST
@login_required
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revokes one of the person's own tokens."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    revoke_token(token)
    messages.success(request, f"Token {token.name} revoked.")
    return redirect("settings", "tokens")
