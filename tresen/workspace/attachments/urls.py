from django.urls import path

from tresen.workspace.attachments import views

urlpatterns = [
    path("files/<str:token>/", views.send_file, name="attachment"),
    path("mails/<str:token>/", views.show_mail, name="whole-mail"),
]
