from django.urls import path

from tresen.workspace.queue import runs, selecting, views

urlpatterns = [
    path("queue/", views.start, name="queue"),
    path("queue/counts/", views.show_counts, name="queue-counts"),
    path("queue/selection/", selecting.act_on_selection, name="selection"),
    path("queue/selection/bar/", selecting.show_bar, name="selection-bar"),
    path("queue/run/", runs.take_offered, name="run"),
    path("queue/<str:view>/", views.show, name="queue-view"),
    path("desk/", views.show_empty_desk, name="desk"),
    path("next/", views.take_next, name="next"),
]
