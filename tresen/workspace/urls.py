"""The addresses of the workspace: nouns; a verb is a resource of its own."""

from django.urls import URLPattern, URLResolver, include, path

from tresen.workspace import preferences

urlpatterns: list[URLPattern | URLResolver] = [
    path("", preferences.home, name="home"),
    path("preferences/", preferences.keep, name="preferences"),
    path("language/", preferences.choose_language, name="language"),
    path("", include("tresen.workspace.queue.urls")),
    path("", include("tresen.workspace.ticket.urls")),
    path("", include("tresen.workspace.by_hand.urls")),
    path("", include("tresen.workspace.orders.urls")),
    path("", include("tresen.workspace.attachments.urls")),
    path("", include("tresen.workspace.pictures.urls")),
    path("", include("tresen.workspace.alerts.urls")),
    path("", include("tresen.workspace.chats.urls")),
    path("board/", include("tresen.workspace.board.urls")),
    path("", include("tresen.workspace.marking.urls")),
    path("", include("tresen.workspace.promises.urls")),
    path("", include("tresen.workspace.platform_notices.urls")),
    path("reports/", include("tresen.workspace.reports.urls")),
    path("setup/", include("tresen.workspace.setup.urls")),
    path("form/", include("tresen.workspace.website.urls")),
    path("chat/", include("tresen.workspace.website.chat.urls")),
    path("asked/", include("tresen.workspace.asked.urls")),
    path("hooks/", include("tresen.workspace.webhooks.urls")),
    path("absence/", include("tresen.workspace.absence.urls")),
    path("profile/", include("tresen.workspace.profile.urls")),
    path("styleguide/", include("tresen.workspace.styleguide.urls")),
]
