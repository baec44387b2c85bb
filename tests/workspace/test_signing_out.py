import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_script_hears_that_nobody_is_signed_in(client):
    response = client.get(reverse("queue-view", args=["all"]), headers={"HX-Request": "true"})

    assert response.status_code == 401


def test_a_page_leads_to_the_sign_in_and_back(client):
    response = client.get(reverse("queue-view", args=["all"]))

    assert response.headers["Location"] == f"{reverse('account_login')}?next={reverse('queue-view', args=['all'])}"
