from django.urls import path

from tresen.workspace.website.chat import views

urlpatterns = [
    path("<str:key>.js", views.script, name="chat-script"),
    path("<str:key>/", views.show, name="chat"),
    path("<str:key>/messages", views.create_message, name="chat-messages"),
    path("<str:key>/end", views.create_end, name="chat-end"),
]
