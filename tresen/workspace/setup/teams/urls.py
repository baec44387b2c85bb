from django.urls import path

from tresen.workspace.setup.teams import views

urlpatterns = [
    path("", views.show_list, name="setup-teams"),
    path("new/", views.add, name="setup-team-new"),
    path("<int:team_id>/", views.change, name="setup-team"),
]
