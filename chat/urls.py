from django.urls import path

from chat import board_views, editing_views, poll_views, saved_view_views, undo_views, views

urlpatterns = [
    path("p/<slug:slug>", views.project, name="project"),
    path("p/<slug:slug>/say", views.say, name="say"),
    path("p/<slug:slug>/undo", undo_views.undo, name="undo"),
    path("p/<slug:slug>/lines", views.lines, name="lines"),
    path("p/<slug:slug>/events", views.events, name="events"),
    path("p/<slug:slug>/m/<int:pk>", views.message, name="message"),
    path("p/<slug:slug>/m/<int:pk>/edit", editing_views.edit, name="edit-message"),
    path("p/<slug:slug>/m/<int:pk>/remove", editing_views.remove, name="remove-message"),
    path("p/<slug:slug>/on/<str:day>", views.on_date, name="on-date"),
    path("p/<slug:slug>/board", board_views.board, name="board"),
    path("p/<slug:slug>/board/matching", board_views.matching, name="board-matching"),
    path("p/<slug:slug>/t/<int:number>", views.task, name="task"),
    path("p/<slug:slug>/polls/<int:pk>/vote", poll_views.vote, name="poll-vote"),
    path("p/<slug:slug>/polls/<int:pk>/close", poll_views.close, name="poll-close"),
    path("p/<slug:slug>/views", saved_view_views.save, name="save-view"),
    path("p/<slug:slug>/views/<int:pk>", saved_view_views.rename, name="rename-view"),
    path("p/<slug:slug>/views/<int:pk>/delete", saved_view_views.delete, name="delete-view"),
    path("help/commands", views.help_commands, name="help-commands"),
]
