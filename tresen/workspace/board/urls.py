from django.urls import path

from tresen.workspace.board import views

urlpatterns = [
    path("", views.show, name="board"),
    path("answers/", views.show_answers, name="board-answers"),
]
