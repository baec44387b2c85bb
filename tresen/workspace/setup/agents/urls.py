from django.urls import path

from tresen.workspace.setup.agents import views

urlpatterns = [
    path("", views.show_list, name="setup-agents"),
    path("new/", views.add, name="setup-agent-new"),
    path("<int:agent_id>/", views.change, name="setup-agent"),
    path("<int:agent_id>/password-link/", views.make_link, name="setup-agent-link"),
    path("<int:agent_id>/access/", views.let_in, name="setup-agent-access"),
    path("<int:agent_id>/lock/", views.lock_out, name="setup-agent-lock"),
]
