from django.urls import path

from tresen.workspace.setup.roster import views

urlpatterns = [
    path("", views.show, name="setup-roster"),
    path("copy/", views.copy, name="setup-roster-copy"),
    path("sick/<int:agent_id>/", views.report_sick, name="setup-roster-sick"),
    path("on-call/", views.add_on_call, name="setup-on-call"),
    path("on-call/<int:on_call_id>/end/", views.end_on_call, name="setup-on-call-end"),
]
