"""Every address of the API: by a token alone, and inside its agent's scope."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.docs.pages import ROOT
from tests.factories.shops import an_agent
from tresen.accounts.models import ApiToken
from tresen.accounts.tokening import MOST_A_MINUTE
from tresen.api.urls import v1
from tresen.timekeeping import wall

PATHS = v1.get_openapi_schema()["paths"]


def asked(path, ticket=None):
    return re.sub(r"\{[^}]*\}", str(ticket.public_id if ticket else uuid4()), path)


def test_the_walk_finds_what_it_is_there_for():
    assert {"/api/v1/tickets", "/api/v1/tickets/{ticket_id}/clocks", "/api/v1/board"} <= PATHS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_nothing_is_told(client, path):
    client.force_login(an_agent())  # a browser's session opens nothing here
    for headers in ({}, {"Authorization": "Bearer tresen_invented"}, {"Authorization": "Basic eDp5"}):
        answer = client.get(asked(path), headers=headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", PATHS)
def test_an_agent_with_an_empty_scope_is_told_of_no_ticket(blind_program, tickets, path):
    answer = blind_program.get(asked(path, tickets[0]))

    assert answer.status_code in {200, 404}
    for ticket in tickets:
        assert ticket.subject not in answer.text
        assert str(ticket.public_id) not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_too_many_requests_are_asked_to_wait(program, path):
    program.get(asked(path))
    ApiToken.objects.update(requests=10 * MOST_A_MINUTE)
    answer = program.get(asked(path))

    if answer.status_code != 429:  # a minute has begun in between
        ApiToken.objects.update(requests=10 * MOST_A_MINUTE)
        answer = program.get(asked(path))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_its_own_description_is_there_for_everybody(client, db):
    found = client.get(reverse("api-v1:openapi-json")).json()

    assert found["paths"].keys() == PATHS.keys()
    assert found["components"]["securitySchemes"] == {"ByToken": {"type": "http", "scheme": "bearer"}}


def test_every_address_and_field_stands_on_the_page():
    page = (ROOT / "docs/api.md").read_text()
    for path in PATHS:
        assert f"`GET {path}`" in page
    for schema in v1.get_openapi_schema()["components"]["schemas"].values():
        for field in schema.get("properties", {}):
            assert f"`{field}`" in page, field


def is_problem(answer, status):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    return answer


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/orders", "/api/v1/tickets/17/clocks", "/api/v2/board"])
def test_an_address_that_there_is_not_is_a_problem(client, program, path):
    for asking in (client, program):
        is_problem(asking.get(path), 404)


@pytest.mark.parametrize("path", PATHS)
def test_another_method_is_a_problem_that_names_the_right_one(program, path):
    for ask in (program.post, program.put, program.delete, program.patch):
        assert is_problem(ask(asked(path)), 405).headers["Allow"] == "GET"


def test_a_bug_of_ours_is_a_problem_without_its_words(program, tickets, caplog):
    program.raise_request_exception = False
    with connection.execute_wrapper(_raising(RuntimeError("a secret"))):
        answer = program.get("/api/v1/board")

    assert "secret" not in is_problem(answer, 500).text
    assert "a secret" in caplog.text


def _raising(error):
    def execute(run, sql, params, many, context):
        if "board_sharedfigures" in sql:
            raise error
        return run(sql, params, many, context)

    return execute


def test_the_clock_is_the_houses_own(program, tickets, monkeypatch):
    """Scenes and demos shift it: a program is told what the screens say at the same moment."""
    ahead = timezone.now().replace(microsecond=0) + timedelta(hours=3)
    monkeypatch.setattr(wall, "now", lambda: ahead)

    assert program.get("/api/v1/board").json()["at"] == ahead.isoformat().replace("+00:00", "Z")
