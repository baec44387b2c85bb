"""Every address of the workspace, asked by nobody and by an agent who may see nothing."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from tresen.workspace import urls

FOR_EVERYBODY = {"language", "form", "form-thanks", "form-messages", "webhook", "webhook-of-app", "asked"} | {
    "chat",
    "chat-script",
    "chat-messages",
    "chat-end",
}


def routes(patterns=urls.urlpatterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, pattern.pattern.converters


def address(name, converters, number=1):
    values = {key: number if isinstance(kind, IntConverter) else "all" for key, kind in converters.items()}
    return reverse(name, kwargs=values)


ROUTES = {name: converters for name, converters in routes() if name not in FOR_EVERYBODY}
OF_A_TICKET = {name: converters for name, converters in ROUTES.items() if "ticket_id" in converters}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(client, name, method):
    response = getattr(client, method)(address(name, ROUTES[name]))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OF_A_TICKET)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_ticket_out_of_scope_does_not_exist(blind_screen, ticket, name, method):
    response = getattr(blind_screen, method)(address(name, OF_A_TICKET[name], ticket.pk))

    assert response.status_code in {404, 405}
    assert ticket.subject not in response.text


@pytest.mark.parametrize(
    "view",
    ["all", "mine", "unassigned", "lost", "answered", "waiting", "snoozed", "solved", "channel:amazon", "team:1"],
)
def test_an_empty_scope_has_an_empty_queue(blind_screen, ticket, view):
    response = blind_screen.get(reverse("queue-view", args=[view]))

    assert response.status_code == 200
    assert ticket.subject not in response.text
    assert 'class="row"' not in response.text


def test_an_empty_scope_is_served_nothing_next(blind_screen, ticket):
    response = blind_screen.post(reverse("next"), follow=True)

    assert ticket.subject not in response.text


def test_the_walk_finds_the_routes_it_is_there_for():
    assert {"queue-view", "reply", "attachment", "styleguide"} <= ROUTES.keys()
    assert "solution" in OF_A_TICKET


OPEN = {
    "health",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "openapi-json",
    *FOR_EVERYBODY,
}
"""What is open before signing in: the way in, the public form, what platforms tell, and whether the server is well."""


def every_address(patterns, before=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns, f"{before}{pattern.pattern}")
        else:
            yield f"{before}{pattern.pattern}", pattern.name


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_at_all_answers_before_signing_in_but_those_we_know(client, method):
    addresses = [(path, name) for path, name in every_address(get_resolver().url_patterns) if name not in OPEN]
    assert len(addresses) > 60

    answering = []
    for path, name in addresses:
        asked = "/" + re.sub(r"<[^>]*>", "1", re.sub(r"\(\?P<[^)]*\)", "x", path)).replace("^", "").replace("$", "")
        response = getattr(client, method)(asked)
        sent_away = response.status_code == 302 and reverse("account_login") in response.headers["Location"]
        by_token = path.startswith("api/") and response.status_code in {401, 404, 405}
        if not sent_away and not by_token:
            answering.append((asked, name, response.status_code))
    assert answering == []
