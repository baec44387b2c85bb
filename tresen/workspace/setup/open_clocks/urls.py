from django.urls import path

from tresen.workspace.setup.open_clocks import views

urlpatterns = [path("", views.show_progress, name="setup-policy-recalculations")]
