from django.urls import path

from tresen.workspace.setup.money_limits import views

urlpatterns = [path("", views.show, name="setup-money-limits")]
