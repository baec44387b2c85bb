from django.urls import path

from tresen.workspace.setup.coverage import views

urlpatterns = [path("", views.show, name="setup-coverage")]
