from django.urls import path

from tresen.workspace.platform_notices import views

urlpatterns = [
    path("platform-notices/", views.show, name="platform-notices"),
    path("platform-notices/<int:message_id>/case/", views.show_case_form, name="platform-notice-case"),
    path("platform-notices/<int:message_id>/reading/", views.create_reading, name="platform-notice-reading"),
    path("platform-notices/<int:message_id>/reading/end/", views.end_reading, name="platform-notice-unread"),
]
