from django.urls import path

from tresen.workspace.reports import health_views, views

urlpatterns = [
    path("", views.show_attainment, name="reports"),
    path("counted/", views.show_counted, name="reports-counted"),
    path("file/<str:form>/", views.export, name="reports-file"),
    path("health/", health_views.show_health, name="reports-health"),
    path("health/figures/", health_views.take_table, name="reports-figures"),
    path("health/<int:store_id>/<str:measure>/", health_views.show_measure, name="reports-measure"),
    path("health/<int:store_id>/<str:measure>/figure/", health_views.take_figure, name="reports-figure"),
    path("health/<int:store_id>/<str:measure>/<str:which>/", health_views.show_messages, name="reports-messages"),
]
