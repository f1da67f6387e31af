from django.urls import path, re_path

from tasks import settings_views, trash_views, views

urlpatterns = [
    re_path(
        r"^p/(?P<slug>[-\w]+)/settings/(?P<tab>columns|labels)$",
        settings_views.index,
        name="project-settings",
    ),
    path("p/<slug:slug>/settings/columns/<int:pk>", settings_views.column, name="column-edit"),
    path("p/<slug:slug>/settings/labels/<int:pk>", settings_views.label, name="label-edit"),
    path("p/<slug:slug>/settings/trash", trash_views.index, name="trash"),
    path("p/<slug:slug>/trash/<int:number>/restore", trash_views.restore, name="task-restore"),
    path("p/<slug:slug>/t/add", views.add, name="task-add"),
    path("p/<slug:slug>/t/<int:number>/move", views.move, name="task-move"),
    path("p/<slug:slug>/t/<int:number>/edit", views.edit, name="task-edit"),
    re_path(r"^(?P<ref>[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,9})$", views.short, name="task-short"),
]
