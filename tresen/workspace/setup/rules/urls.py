from django.urls import path

from tresen.workspace.setup.rules import views

urlpatterns = [
    path("", views.show_list, name="setup-rules"),
    path("stores/<int:store_id>/", views.change, name="setup-rules-store"),
    path("stores/<int:store_id>/end/", views.end, name="setup-rules-store-end"),
]
