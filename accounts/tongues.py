"""In which tongue people type commands, and are answered."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant, gettext, override
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.models import User
from workspace.sentences import Sentence

ENGLISH = "en"


def tongue_of(user: User, heard: str = "") -> str:
    """The code of the tongue that the person has chosen; else the one that their browser asks for."""
    known = dict(settings.LANGUAGES)
    return next((code for code in (user.language, heard) if code in known), ENGLISH)


def heard_by(request: HttpRequest) -> str:
    """The tongue that the browser of this request asks for first, or nothing."""
    return heard_in(request.headers.get("Accept-Language", ""))


def heard_in(accepted: str) -> str:
    """The first tongue of an `Accept-Language` header that there is, or nothing."""
    for wish, weight in parse_accept_lang_header(accepted[:200]):
        with suppress(LookupError):  # "*", and tongues of others
            if weight:
                return get_supported_language_variant(wish)
    return ""


def told(text: str, tongue: str) -> str:
    """The text in a tongue, where it can be said otherwise than in English."""
    if tongue == ENGLISH or not text:
        return text
    with override(tongue):
        return Sentence.into(text, gettext) if isinstance(text, Sentence) else gettext(text)
