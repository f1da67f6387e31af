"""The tutorial's `asgi.py` and `routing.py`; the table is made by `migrate --run-syncdb`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.tutorial.settings")

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

django_asgi_app = get_asgi_application()

from django.http import HttpResponse  # noqa: E402

from bench.tutorial.chat.consumers import ChatConsumer  # noqa: E402

urlpatterns = [path("", lambda request: HttpResponse("ready"))]
websocket_urlpatterns = [re_path(r"ws/chat/(?P<room_name>\w+)/$", ChatConsumer.as_asgi())]

application = ProtocolTypeRouter(
    {
        "http": django_asgi_app,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
