from django.urls import path

from tresen.workspace.webhooks import views

urlpatterns = [path("<int:store_id>/", views.take, name="webhook")]
