import pytest
from django.urls import reverse

from tests.factories.shops import an_agent

pytestmark = pytest.mark.django_db

PAGE = reverse("profile")
WANTED = {"name": "Ada O.", "language": "de", "theme": "dark", "zone": "Europe/Rome"}


def test_every_agent_decides_how_they_are_spoken_to(client):
    ada = an_agent(name="Ada")
    client.force_login(ada)
    assert reverse("account_change_password") in client.get(PAGE).text
    page = client.post(PAGE, WANTED, follow=True)
    ada.refresh_from_db()
    assert {name: getattr(ada, name) for name in WANTED} == WANTED
    assert '<html lang="de" data-theme="dark"' in page.text


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("language", "tlh"), ("theme", "pink"), ("zone", "Mars")])
def test_what_cannot_be_is_said_at_its_field(client, field, value):
    ada = an_agent(name="Ada")
    client.force_login(ada)
    page = client.post(PAGE, {**WANTED, field: value})
    assert page.status_code == 422
    assert "field-errors" in page.text
    ada.refresh_from_db()
    assert ada.name == "Ada"
