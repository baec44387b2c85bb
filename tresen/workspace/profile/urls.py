from django.urls import path

from tresen.workspace.profile import tokens, views

urlpatterns = [
    path("", views.show, name="profile"),
    path("tokens/", tokens.show, name="tokens"),
    path("tokens/<int:token_id>/revocation/", tokens.revoke, name="token-revocation"),
]
