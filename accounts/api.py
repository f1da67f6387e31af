"""Yourself and your tokens, for programs."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from accounts.actions import revoke_token
from accounts.models import ApiToken, User

router = Router(tags=["you"])


class OwnRequest(HttpRequest):
    """A request of a known person."""

    auth: User


@router.get("/me")
def me(request: OwnRequest) -> dict[str, Any]:
    """Who you are."""
    user = request.auth
    return {"id": user.pk, "handle": user.handle, "name": user.name, "time_zone": user.time_zone}


@router.get("/tokens")
def tokens(request: OwnRequest) -> list[dict[str, Any]]:
    """Your living tokens, without their secrets."""
    return [_token(row) for row in request.auth.api_tokens.filter(revoked_at=None).order_by("pk")]


@router.delete("/tokens/{int:token_id}", response={204: None})
def revoke(request: OwnRequest, token_id: int) -> Status[None]:
    """End one of your tokens, and the sockets that it opened."""
    mine = ApiToken.objects.filter(user=request.auth, revoked_at=None)
    revoke_token(get_object_or_404(mine, pk=min(token_id, 2**63 - 1)))
    return Status(204, None)


def _token(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "prefix": token.prefix,
        "created_at": token.created_at.isoformat(),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
    }
