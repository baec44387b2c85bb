"""What the set-up's scripts do for whoever fills in its forms."""

import pytest
from playwright.sync_api import expect

from tests.factories.shops import an_agent
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin(transactional_db: None) -> Agent:
    return an_agent(name="Miriam Sander", role=Role.ADMIN)


def test_another_encryption_brings_its_usual_port_unless_one_was_typed(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin)
    page.goto("/setup/mailboxes/new/")
    page.locator("#id_smtp_security").select_option("starttls")
    expect(page.locator("#id_smtp_port")).to_have_value("587")
    page.locator("#id_imap_port").fill("10993")
    page.locator("#id_imap_security").select_option("starttls")
    expect(page.locator("#id_imap_port")).to_have_value("10993")
