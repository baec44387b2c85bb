from django.urls import path

from tresen.workspace.alerts import views

urlpatterns = [
    path("notices/", views.show, name="notices"),
    path("notices/bell/", views.show_bell, name="notices-bell"),
    path("notices/reading/", views.create_reading, name="notices-reading"),
]
