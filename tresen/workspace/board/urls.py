from django.urls import path

from tresen.workspace.board import expected, views

urlpatterns = [
    path("", views.show, name="board"),
    path("answers/", views.show_answers, name="board-answers"),
    path("weekend/<slug:what>/", expected.show_weekend, name="board-expected"),
    path("arrivals/<int:team_id>/<int:weekday>/", expected.show_team, name="board-arrivals"),
]
