"""From a new store to its platform: the steps, a wrong key, the right one, and the past being read."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.factories.connected import KEY, an_operator
from tests.factories.sales import a_shelf, a_talk, many_sales
from tests.factories.shops import a_store, a_team, an_agent
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent, Role
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.models import StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.timekeeping import wall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin(transactional_db: None) -> Agent:
    a_store(team=a_team("Marktplätze"))
    return an_agent(name="Miriam Sander", role=Role.ADMIN)


@pytest.fixture
def operator() -> Iterator[str]:
    now = wall.now()
    world = World(clock=wall.now)
    world.fill(sales=many_sales(25, every=timedelta(days=1), until=now - timedelta(hours=1)), stock=[a_shelf()])
    world.fill(talks=[a_talk(sale="ORD-25-A", at=now - timedelta(minutes=30))])
    with an_operator(world) as address:
        yield address


def test_a_store_is_added_connected_after_a_wrong_key_and_read(
    admin: Agent, operator: str, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = signed_in(admin)
    page.goto("/setup/stores/new/mirakl/")
    page.get_by_label("Name", exact=True).fill("Leuchtwerk bei Conrad")
    page.locator("#id_brand").select_option(index=1)
    page.locator("#id_marketplace").select_option("conrad")
    page.get_by_role("button", name="Add the store").click()

    expect(page.get_by_role("heading", name="Connection of Leuchtwerk bei Conrad")).to_be_visible()
    expect(page.locator(".connect-step")).to_have_count(4)
    page.get_by_label("Address of the operator").fill(operator)
    page.get_by_label("API key").fill("a wrong key")
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator("#tried")).to_contain_text("The platform does not let us in")
    expect(page.get_by_label("API key")).to_have_value("a wrong key")

    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.locator(".tried")).to_contain_text("Not connected: The platform does not let us in")
    expect(page.get_by_label("Address of the operator")).to_have_value(operator)
    expect(page.get_by_label("API key")).to_have_value("")

    page.get_by_label("API key").fill(KEY)
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator("#tried")).to_contain_text("It works: the platform knows us as")
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("progressbar", name="The past of: Orders")).to_be_visible()
    expect(page.locator("#health")).to_contain_text("being read now")

    while StoreFeed.objects.filter(next_at__lte=wall.now()).exists():
        poll_due(wall.now())
    while parse_kept(wall.now()):
        pass
    assert Order.objects.count() == 25

    expect(page.locator("#health")).to_contain_text("Does well")
    expect(page.locator("#health")).to_contain_text("25 orders in all")
    expect(page.locator("#health progress")).to_have_count(0)
    expect(page.locator("#health")).not_to_have_attribute("hx-trigger", "every 3s")


def test_what_a_test_finds_missing_is_said_at_its_field(admin: Agent, operator: str, signed_in: SignIn) -> None:
    store = a_store("mirakl", "conrad")
    page = signed_in(admin)
    page.goto(f"/setup/stores/{store.pk}/connection/")
    page.get_by_label("Address of the operator").fill(operator)
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator("#tried")).to_contain_text("API key: This field is required.")
    expect(page.locator(".field[data-wrong] #id_api_key")).to_be_focused()
    expect(page.locator(".field[data-wrong]")).to_contain_text("This field is required.")

    page.get_by_label("API key").fill(KEY)
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator("#tried")).to_contain_text("It works")
    expect(page.locator(".field[data-wrong]")).to_have_count(0)


def test_a_test_takes_the_place_of_what_an_earlier_try_said(admin: Agent, signed_in: SignIn) -> None:
    store = a_store("facebook", "")
    page = signed_in(admin)
    page.goto(f"/setup/stores/{store.pk}/connection/")
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_text("Not saved yet")).to_be_visible()

    for label, typed in {
        "App ID": "abc",
        "Page ID": "10000000000001",
        "Address of the interface": "https://[::1]:1",
    }.items():
        page.get_by_label(label).fill(typed)
    for label in ("App secret", "Access token", "Verify token"):
        page.get_by_label(label).fill("invented")
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator(".field-errors")).to_have_text(["A number, as Meta shows it."])
    expect(page.locator(".field[data-wrong]")).to_have_count(1)
    expect(page.get_by_text("Not saved yet")).to_have_count(0)


def test_the_address_of_an_app_appears_while_its_number_is_typed_and_is_whole_on_a_phone(
    admin: Agent, signed_in: SignIn
) -> None:
    store = a_store("tiktok_shop", "tiktok.com/de")
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto(f"/setup/stores/{store.pk}/connection/")
    address = page.get_by_label("Webhook address of this store")
    expect(address).to_be_hidden()

    page.get_by_label("Service ID").fill("7123456789012345678")
    expect(address).to_have_value(re.compile("/hooks/tiktok_shop/7123456789012345678/$"))
    assert address.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    page.get_by_label("Service ID").fill("")
    expect(address).to_be_hidden()


def test_the_language_of_buyers_follows_the_site_until_somebody_chooses(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin)
    page.goto("/setup/stores/new/ebay/")
    language = page.get_by_label("Language of its buyers")
    page.locator("#id_marketplace").select_option("ebay.it")
    expect(language).to_have_value("it")
    language.select_option("nl")
    page.locator("#id_marketplace").select_option("ebay.fr")
    expect(language).to_have_value("nl")
