from django.urls import path

from tresen.workspace.webhooks import views

urlpatterns = [
    path("<int:store_id>/", views.take, name="webhook"),
    path("<slug:family>/<str:app>/", views.take_of_app, name="webhook-of-app"),
]
