from django.urls import path

from tresen.workspace.setup.mailboxes import views

urlpatterns = [
    path("", views.show_list, name="setup-mailboxes"),
    path("new/", views.add, name="setup-mailbox-new"),
    path("<int:mailbox_id>/", views.change, name="setup-mailbox"),
    path("<int:mailbox_id>/sign-in/", views.sign_in_again, name="setup-mailbox-sign-in"),
    path("<int:mailbox_id>/start/", views.choose_start, name="setup-mailbox-start"),
    path("<int:mailbox_id>/retirement/", views.retire, name="setup-mailbox-retirement"),
]
