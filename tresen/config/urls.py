"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

from tresen.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("", include("tresen.workspace.urls")),
]
