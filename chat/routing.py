from django.urls import path, re_path

from chat.consumers import ProjectConsumer
from workspace.login import nowhere

websocket_urlpatterns = [
    path("ws/project/<int:project_id>/", ProjectConsumer.as_asgi()),
    re_path("", nowhere),  # type: ignore[arg-type]  # without it each visit leaves a traceback in the log
]
