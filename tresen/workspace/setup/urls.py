from django.urls import include, path

urlpatterns = [
    path("", include("tresen.workspace.setup.overview.urls")),
    path("rules/", include("tresen.workspace.setup.rules.urls")),
    path("stores/", include("tresen.workspace.setup.stores.urls")),
    path("mailboxes/", include("tresen.workspace.setup.mailboxes.urls")),
    path("policies/", include("tresen.workspace.setup.policies.urls")),
    path("policies/recalculations/", include("tresen.workspace.setup.open_clocks.urls")),
    path("timetables/", include("tresen.workspace.setup.timetables.urls")),
    path("roster/", include("tresen.workspace.setup.roster.urls")),
    path("coverage/", include("tresen.workspace.setup.coverage.urls")),
    path("lanes/", include("tresen.workspace.setup.lanes.urls")),
    path("money-limits/", include("tresen.workspace.setup.money_limits.urls")),
    path("erasures/", include("tresen.workspace.setup.erasures.urls")),
    path("notices/", include("tresen.workspace.setup.notices.urls")),
    path("partners/", include("tresen.workspace.setup.partners.urls")),
    path("teams/", include("tresen.workspace.setup.teams.urls")),
    path("agents/", include("tresen.workspace.setup.agents.urls")),
]
