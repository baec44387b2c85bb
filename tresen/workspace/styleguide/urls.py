from django.urls import path

from tresen.workspace.styleguide import views

urlpatterns = [path("", views.show, name="styleguide")]
