from django.urls import path

from tresen.workspace.setup.overview import views

urlpatterns = [path("", views.show, name="setup")]
