from django.urls import path

from tresen.workspace.attachments import documents, views

urlpatterns = [
    path("files/<str:token>/", views.send_file, name="attachment"),
    path("files-there/<int:file_id>/retry/", views.try_file_again, name="file-retry"),
    path("documents/<str:token>/", documents.send_document, name="document"),
    path("mails/<str:token>/", views.show_mail, name="whole-mail"),
]
