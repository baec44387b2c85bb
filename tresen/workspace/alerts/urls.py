from django.urls import path

from tresen.workspace.alerts import reaching, views

urlpatterns = [
    path("notices/", views.show, name="notices"),
    path("notices/bell/", views.show_bell, name="notices-bell"),
    path("notices/preferences/", reaching.show_preferences, name="notices-preferences"),
    path("notices/offers/", reaching.show_offers, name="notices-offers"),
    path("notices/reading/", views.create_reading, name="notices-reading"),
]
