from django.urls import path

from tresen.workspace.chats import views

urlpatterns = [
    path("chats/", views.show, name="chats"),
    path("chats/availability/", views.create_availability, name="chats-availability"),
    path("chats/<int:chat_id>/taking/", views.create_taking, name="chat-taking"),
    path("chats/<int:chat_id>/refusal/", views.create_refusal, name="chat-refusal"),
    path("chats/<int:chat_id>/closing/", views.create_end, name="chat-closing"),
]
