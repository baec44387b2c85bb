from django.urls import path

from tresen.workspace.absence import views

urlpatterns = [
    path("<int:agent_id>/", views.report, name="absence"),
    path("<int:agent_id>/today/", views.report_sick_today, name="absence-today"),
    path("entry/<int:absence_id>/end/", views.end, name="absence-end"),
    path("entry/<int:absence_id>/withdrawal/", views.withdraw, name="absence-withdrawal"),
]
