from django.urls import path

from tresen.workspace.setup.erasures import views

urlpatterns = [
    path("", views.show, name="setup-erasures"),
    path("<int:erasure_id>/", views.carry_out, name="setup-erasure"),
]
