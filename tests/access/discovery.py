"""What there is to call: every route, frame and slash command, asked of the product itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import URLPattern, get_resolver

from chat.commands import registry
from chat.consumers import ProjectConsumer
from workspace.api import api


def routes() -> set[str]:
    """The patterns of all addresses, allauth's and the API's among them."""
    return {route for route, _ in _walk(get_resolver().url_patterns)}


def api_methods() -> set[tuple[str, str]]:
    """The methods that each address of the API says it answers."""
    return {
        (f"api/v1{prefix}{path}".replace("{", "<").replace("}", ">"), method)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


def frames() -> set[str]:
    return set(ProjectConsumer.routes)


def commands() -> set[str]:
    return {command.spec.name for command in registry.commands()}


def _walk(patterns: Sequence[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from _walk(pattern.url_patterns, route)
