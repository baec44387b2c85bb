import pytest
from django.urls import reverse

from tests.factories.shops import an_agent
from tresen.accounts.models import Role

pytestmark = pytest.mark.django_db

SHEET = reverse("styleguide")


@pytest.mark.parametrize(("role", "status"), [(Role.ADMIN, 200), (Role.LEAD, 404), (Role.AGENT, 404)])
def test_the_sheet_is_for_admins_alone_and_so_is_its_place_in_the_menu(client, role, status):
    client.force_login(an_agent(role=role))
    assert client.get(SHEET).status_code == status
    assert (f'href="{SHEET}"' in client.get(reverse("profile")).text) == (role is Role.ADMIN)


def test_every_piece_is_shown_in_the_admins_language(client):
    agent = an_agent(role=Role.ADMIN)
    agent.language = "de"
    agent.save()
    client.force_login(agent)
    text = client.get(SHEET).text
    assert "Reads everything, sends nothing." not in text
    assert "As your colleagues know it." not in text
