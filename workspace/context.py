"""What every page shows: the product, the workspace and the projects in the rail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.theme import theme_of
from workspace.models import Membership, Workspace


def shell(request: HttpRequest) -> dict[str, Any]:
    """`PRODUCT_NAME`, `workspace`, `theme` and `rail`, which are read from the database only where a template uses them."""
    return {
        "PRODUCT_NAME": settings.PRODUCT_NAME,
        "workspace": SimpleLazyObject(Workspace.current),
        "theme": theme_of(request),
        "rail": SimpleLazyObject(lambda: rail(request)),
    }


def rail(request: HttpRequest) -> list[dict[str, Any]]:
    """The person's projects by name, each with whether something in it is unread."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    rows = Membership.objects.filter(user=user).select_related("project").order_by("project__name")
    here = request.path.split("/")[2:3]  # the slug in /p/<slug>/…
    return [
        {
            "project": row.project,
            "unread": row.project.last_seq > row.read_seq and row.project.slug not in here,
            "current": row.project.slug in here,
        }
        for row in rows
    ]
