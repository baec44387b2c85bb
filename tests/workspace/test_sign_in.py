import pytest
from django.urls import reverse

from tests.factories.shops import an_agent

pytestmark = pytest.mark.django_db
PUBLIC_PAGES = ["account_login", "account_reset_password", "account_inactive"]


@pytest.mark.parametrize("name", PUBLIC_PAGES)
@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_everybody_can_read_the_pages_before_sign_in(client, name, language):
    client.cookies["tresen_language"] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


def test_the_labels_are_ours_in_each_language(client):
    assert "Stay signed in" in client.get(reverse("account_login")).text
    client.force_login(an_agent())
    page = client.get(reverse("account_change_password")).text
    assert "New password" in page
    assert "New Password" not in page


def test_signing_in_works_without_scripts(client):
    agent = an_agent()

    response = client.post(
        reverse("account_login"), {"login": agent.email, "password": "a password for tests"}, follow=True
    )

    assert response.wsgi_request.agent == agent
    assert 'class="toast"' not in response.text


def test_a_wrong_password_is_said_and_nothing_else(client):
    agent = an_agent()

    response = client.post(reverse("account_login"), {"login": agent.email, "password": "another one"})

    assert response.status_code == 200
    assert 'role="alert"' in response.text


def test_a_forgotten_password_sends_to_an_admin_and_no_mail_leaves(client, mailoutbox):
    agent = an_agent()

    assert client.post(reverse("account_reset_password"), {"email": agent.email}).status_code == 405
    assert "<form" not in client.get(reverse("account_reset_password")).text.partition("entrance-card")[2]
    assert mailoutbox == []


def test_nobody_signs_up_by_himself(client):
    response = client.get(reverse("account_signup"))

    assert "form" not in {template.name for template in response.templates}
    assert 'name="password1"' not in response.text


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "mfa_index", "account_reauthenticate"])
def test_an_agents_own_pages_show(client, name):
    client.force_login(an_agent())

    assert client.get(reverse(name), follow=True).status_code == 200


def test_the_language_before_sign_in_is_kept_by_the_browser(client):
    response = client.post(reverse("language"), {"language": "it", "next": "/accounts/login/"}, follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/"
    assert '<html lang="it"' in response.text


def test_a_language_switch_leads_nobody_away(client):
    response = client.post(reverse("language"), {"language": "it", "next": "https://elsewhere.example/"})

    assert response.headers["Location"] == reverse("account_login")


@pytest.mark.parametrize("page", ["email/", "confirm-email/", "confirm-email/x/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_the_address_he_signs_in_with(client, page, method):
    agent = an_agent()
    client.force_login(agent)

    response = getattr(client, method)(f"/accounts/{page}", {"email": "other@nordlicht.example", "action_add": ""})

    assert response.status_code == 404
    agent.refresh_from_db()
    assert agent.email != "other@nordlicht.example"
