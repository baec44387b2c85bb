from django.urls import path

from tresen.workspace.setup.notices import views

urlpatterns = [
    path("", views.show, name="setup-notices"),
    path("webhooks/new/", views.add, name="setup-webhook-new"),
    path("webhooks/<int:webhook_id>/", views.change, name="setup-webhook"),
    path("webhooks/<int:webhook_id>/test/", views.try_it, name="setup-webhook-test"),
    path("webhooks/<int:webhook_id>/retirement/", views.retire, name="setup-webhook-retirement"),
]
