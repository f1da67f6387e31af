"""/settings/<tab>: one page for each tab."""

from django.http import Http404, HttpResponse

from accounts.requests import SignedInRequest
from accounts.views import appearance, profile, sessions, tokens

TABS = {
    "profile": profile.edit,
    "appearance": appearance.edit,
    "sessions": sessions.index,
    "tokens": tokens.index,
}


def settings(request: SignedInRequest, tab: str) -> HttpResponse:
    """The page of a tab."""
    if tab not in TABS:
        raise Http404
    return TABS[tab](request)
