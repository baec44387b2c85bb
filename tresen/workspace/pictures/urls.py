from django.urls import path

from tresen.workspace.pictures import views

urlpatterns = [path("pictures/<int:picture_id>/", views.send_picture, name="picture")]
