"""The roof: the addresses of all apps."""

from django.urls import include, path

from workspace.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("workspace.people_urls")),
    path("", include("tasks.urls")),
    path("", include("chat.urls")),
]
