"""What somebody who tried too often is told, and when they may try again. django-allauth counts; see ACCOUNT_RATE_LIMITS."""

import math
import time
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from accounts.models import User

APP = "allauth.account"


def is_too_often(request: HttpRequest, action: str, key: str | None = None, *, dry_run: bool = False) -> bool:
    """Whether this was one attempt too many. It is counted, unless `dry_run`."""
    return not ratelimit.consume(request, app=APP, action=action, key=key, dry_run=dry_run)


def seconds_to_wait(request: HttpRequest, action: str, key: str | None = None) -> int:
    """Seconds until the next attempt is welcome; 1 at least."""
    user = request.user if isinstance(getattr(request, "user", None), User) else None
    now, waits = time.time(), [1.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        if rate.per == "user" and user is None:
            continue
        name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key, user=user)
        history = cache.get(name, [])  # the newest first
        if len(history) >= rate.amount:
            waits.append(history[rate.amount - 1] + rate.duration - now)
    return math.ceil(max(waits))


def sentence(seconds: int) -> str:
    """As it is shown above a form."""
    minutes = math.ceil(seconds / 60)
    return f"Too many attempts; try again in {f'{seconds} s' if minutes < 2 else f'{minutes} min'}."


def refuse(form: BaseForm, request: HttpRequest, action: str, key: str | None = None) -> None:
    """Note on a form that this was too often. What was typed stays in it."""
    request.retry_after = seconds_to_wait(request, action, key)  # type: ignore[attr-defined]
    form.add_error(None, sentence(request.retry_after))  # type: ignore[attr-defined]


def with_status(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """429 and `Retry-After`, where `refuse` has been called for this request."""
    wait: Any = getattr(request, "retry_after", None)
    if wait:
        response.status_code = 429
        response["Retry-After"] = str(wait)
    return response
