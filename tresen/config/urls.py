"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from tresen.config.health import health
from tresen.workspace.sign_in import ChoosePassword, closed, forgotten

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("accounts/password/reset/", forgotten, name="account_reset_password"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("accounts/email/", closed),
    path("accounts/confirm-email/", closed),
    path("accounts/confirm-email/<str:key>/", closed),
    path("accounts/", include("allauth.urls")),
    path("api/", include("tresen.api.urls")),
    path("", include("tresen.workspace.urls")),
]
