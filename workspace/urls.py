"""The roof: the addresses of all apps."""

from django.urls import include, path

from accounts.views.entry import too_often
from chat.search_views import search
from workspace.health import healthz, readyz
from workspace.views import home

handler429 = too_often
handler500 = "workspace.views.faults.fault"

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search, name="search"),
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("workspace.api")),
    path("", include("accounts.urls")),
    path("", include("workspace.people_urls")),
    path("", include("tasks.urls")),
    path("", include("chat.urls")),
]
