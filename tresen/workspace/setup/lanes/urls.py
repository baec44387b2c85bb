from django.urls import path

from tresen.workspace.setup.lanes import views

urlpatterns = [
    path("", views.show, name="setup-lanes"),
    path("<int:team_id>/", views.change, name="setup-lanes-team"),
]
