from django.urls import path

from tresen.workspace.profile import views

urlpatterns = [path("", views.show, name="profile")]
