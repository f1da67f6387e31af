"""All that can happen to a saved view, which is a query of the board under a name.

Views are each member's own affair: the log, which everybody in the project reads, does not know of them.
"""

from typing import Any

from accounts.names import is_blank, visible
from chat.finding import query_of
from chat.models import SavedView
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.text import clean_line

MOST = 20  # of one member
LONGEST = 40  # characters of a name


def views_of(member: Membership) -> list[SavedView]:
    """The member's views, by name."""
    return sorted(member.saved_views.all(), key=lambda view: view.name.casefold())


def save_view(member: Membership, name: str, query: str, heard: str = "") -> SavedView:
    """Keep a query under a name; the view that has the name gets the query. `heard` is the tongue that the member's browser
    asks for. Raises `Refused` for a query that asks nothing.
    """
    name, query = _checked(name), clean_line(query)
    if not query:
        raise Refused("bad_filter", "Say what the view shows, for example @me is:open.")
    query_of(member.user, query, member.project, heard)
    with changes(member):
        views = views_of(member)
        view = _named(name, views)
        if view is None and len(views) >= MOST:
            raise Refused("too_many", f"You have {MOST} views here; that is the limit. Delete one first.")
        view = view or SavedView(member=member)
        view.name, view.query = name, query
        view.save()
    return view


def rename_view(member: Membership, pk: int, name: str) -> SavedView:
    """Give one of the member's views another name. Raises `Refused` where another has it, and where the view is gone."""
    name = _checked(name)
    with changes(member):
        view = member.saved_views.filter(pk=pk).first()
        if view is None:
            raise Refused("conflict", "You have deleted this view meanwhile.")
        if (_named(name, views_of(member)) or view) != view:
            raise Refused("bad_name", f"You have a view that is called {name}.")
        view.name = name
        view.save(update_fields=["name"])
    return view


def delete_view(member: Membership, pk: int) -> None:
    """Forget one of the member's views; one that is gone already is no mistake."""
    with changes(member):
        member.saved_views.filter(pk=pk).delete()


def as_dict(view: SavedView) -> dict[str, Any]:
    """The view for programs."""
    return {"id": view.pk, "name": view.name, "query": view.query}


def _checked(name: str) -> str:
    name = visible(clean_line(name))
    if is_blank(name) or len(name) > LONGEST:
        raise Refused("bad_name", f"The name of a view has 1 to {LONGEST} characters.")
    return name


def _named(name: str, views: list[SavedView]) -> SavedView | None:
    return next((view for view in views if view.name.casefold() == name.casefold()), None)
