from django.urls import path, re_path

from tasks import views

urlpatterns = [
    path("p/<slug:slug>/t/add", views.add, name="task-add"),
    path("p/<slug:slug>/t/<int:number>/move", views.move, name="task-move"),
    path("p/<slug:slug>/t/<int:number>/edit", views.edit, name="task-edit"),
    re_path(r"^(?P<ref>[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,9})$", views.short, name="task-short"),
]
