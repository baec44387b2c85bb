from django.urls import path

from tresen.channels.by_hand.log import Kind
from tresen.workspace.by_hand import views

urlpatterns = [
    path("log/call/", views.create_log, {"kind": Kind.PHONE}, name="log-call"),
    path("log/letter/", views.create_log, {"kind": Kind.LETTER}, name="log-letter"),
    path("log/visit/", views.create_log, {"kind": Kind.WALK_IN}, name="log-visit"),
    path("log/known/", views.show_known, name="log-known"),
    path("log/<slug:submission>/", views.show_logged, name="logged"),
    path("tickets/<int:ticket_id>/log/", views.create_log_about, name="ticket-log"),
]
