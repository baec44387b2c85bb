from django.urls import path

from tresen.workspace.marking import views

urlpatterns = [
    path("marking/", views.show, name="marking"),
    path("marking/marks/", views.create_marks, name="marks"),
    path("marking/marks/taken-back/", views.take_back_marks, name="marks-taken-back"),
]
