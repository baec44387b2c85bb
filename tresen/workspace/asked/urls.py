from django.urls import path

from tresen.workspace.asked import views

urlpatterns = [path("<str:token>/", views.show, name="asked")]
