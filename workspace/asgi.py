"""The ASGI application: HTTP to Django, sockets to the consumers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")

from workspace.pages import pages

django_application = pages()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - the apps must be ready first

from chat.routing import websocket_urlpatterns  # noqa: E402
from workspace.bodies import BoundedBodies  # noqa: E402
from workspace.login import SameOrigin  # noqa: E402
from workspace.metrics_page import MetricsPage  # noqa: E402
from workspace.request_ids import RequestIds  # noqa: E402
from workspace.storage import with_static_files  # noqa: E402
from workspace.versions import check_versions  # noqa: E402

check_versions()  # `serve` has looked before; another server begins here

application = RequestIds(
    ProtocolTypeRouter(
        {
            "http": with_static_files(MetricsPage(BoundedBodies(django_application))),
            "websocket": SameOrigin(URLRouter(websocket_urlpatterns)),
        }
    )
)
