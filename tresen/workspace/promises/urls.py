from django.urls import path

from tresen.workspace.promises import views

urlpatterns = [path("promises/", views.show, name="promises")]
