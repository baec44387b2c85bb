"""Tokens in the profile: shown once, listed without their secret, revoked."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.shops import an_agent
from tresen.accounts.models import ApiToken

pytestmark = pytest.mark.django_db
PAGE = reverse("tokens")


def secret_in(page):
    return re.search(r"tresen_[\w-]{40,}", page.text)


def test_a_token_is_shown_once_and_opens_the_api_until_it_is_revoked(client):
    client.force_login(an_agent())
    page = client.post(PAGE, {"name": "Reports", "days": 30})
    secret = secret_in(page)[0]
    assert page.headers["Cache-Control"] == "no-store"
    again = client.get(PAGE)
    assert "Reports" in again.text
    assert secret_in(again) is None

    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/board").status_code == 200
    token = ApiToken.objects.get()
    gone = client.post(reverse("token-revocation", args=[token.pk]), follow=True)
    assert "The token is revoked." in gone.text
    assert program.get("/api/v1/board").status_code == 401


def test_nobody_revokes_the_token_of_a_colleague(client):
    client.force_login(an_agent())
    client.post(PAGE, {"name": "Reports", "days": 30})
    client.force_login(an_agent())
    client.post(reverse("token-revocation", args=[ApiToken.objects.get().pk]))
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("given", [{"name": " ", "days": 30}, {"name": "Reports", "days": 5000}])
def test_what_cannot_be_is_said_at_its_field(client, given):
    client.force_login(an_agent())
    page = client.post(PAGE, given)
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
