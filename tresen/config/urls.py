"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

from tresen.config.health import health
from tresen.workspace.sign_in import closed, forgotten

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("accounts/password/reset/", forgotten, name="account_reset_password"),
    path("accounts/email/", closed),
    path("accounts/confirm-email/", closed),
    path("accounts/confirm-email/<str:key>/", closed),
    path("accounts/", include("allauth.urls")),
    path("", include("tresen.workspace.urls")),
]
