from django.urls import path

from tresen.workspace.setup.overview import views

urlpatterns = [
    path("", views.show, name="setup"),
    path("not-sent/<str:state>/", views.show_not_sent, name="setup-not-sent"),
]
