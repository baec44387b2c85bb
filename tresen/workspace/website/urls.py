from django.urls import path

from tresen.workspace.website import views

urlpatterns = [
    path("<str:key>/", views.show, name="form"),
    path("<str:key>/thanks/", views.thank, name="form-thanks"),
    path("<str:key>/messages", views.messages, name="form-messages"),
]
