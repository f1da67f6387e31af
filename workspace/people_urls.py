"""Coming in, projects, and the people of a project."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from workspace.views import join, members, person, project_settings, projects, setup

urlpatterns = [
    path("setup", setup.setup, name="setup"),
    path("join/<str:code>", join.join, name="join"),
    path("projects", projects.index, name="projects"),
    path("projects/unread", projects.unread, name="projects-unread"),
    path("projects/<slug:slug>/join", projects.join, name="project-join"),
    path("people/<str:handle>", person.person, name="person"),
    path("p/new", projects.new, name="project-new"),
    path("p/<slug:slug>/settings", RedirectView.as_view(url="/p/%(slug)s/settings/general")),
    path("p/<slug:slug>/settings/people/<int:pk>/role", members.role, name="member-role"),
    path("p/<slug:slug>/settings/people/<int:pk>/remove", members.remove, name="member-remove"),
    path("p/<slug:slug>/settings/invitations/<int:pk>/revoke", members.revoke, name="invitation-revoke"),
    re_path(
        r"^p/(?P<slug>[-\w]+)/settings/(?P<tab>general|people)$",
        project_settings.settings,
        name="project-settings",
    ),
]
