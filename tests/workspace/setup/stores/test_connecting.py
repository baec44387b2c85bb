"""An administrator connects a store to its platform, on a real server."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.connected import KEY, entered
from tests.factories.shops import a_store
from tresen.accounts.models import SetupChange
from tresen.channels.connections import Connected
from tresen.fakes.faults import Fault, Faults
from tresen.intake.models import StoreFeed
from tresen.stores.models import Store, StoreConnection
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"HX-Request": "true"}}


def at(store: Store, route: str = "setup-store-connection", *more: str) -> str:
    return reverse(route, args=[store.pk, *more])


def test_a_new_store_of_such_a_channel_leads_to_its_steps(by_admin: Client, store: Store) -> None:
    given = {"name": "Leuchtwerk bei Conrad", "default_team": store.default_team_id, "language": "de"}
    more = {"brand": store.brand_id, "marketplace": "conrad"}

    page = by_admin.post(reverse("setup-store-add", args=["mirakl"]), {**given, **more}, follow=True)

    assert page.request["PATH_INFO"] == at(Store.objects.get(name="Leuchtwerk bei Conrad"))
    assert "Generate a new key" in page.text
    assert 'name="address"' in page.text
    assert '<option value="90" selected>90 days</option>' in page.text
    assert '<option value="365">365 days</option>' in page.text


def test_a_test_says_as_whom_we_are_known_and_keeps_nothing(by_admin: Client, store: Store, operator: str) -> None:
    page = by_admin.post(at(store), entered(operator, **{"try": "1"}))

    assert page.status_code == 200
    assert "It works: the platform knows us as" in page.text
    assert KEY not in page.text
    assert not StoreConnection.objects.exists()
    assert not SealedSecret.objects.exists()


def test_with_scripts_a_test_answers_beside_what_was_typed(by_admin: Client, store: Store, operator: str) -> None:
    part = by_admin.post(at(store), entered(operator, **{"try": "1"}), **HTMX)
    assert "It works" in part.text
    assert "<form" not in part.text

    part = by_admin.post(at(store), entered(operator, api_key="", **{"try": "1"}), **HTMX)
    assert "API key: This field is required." in part.text
    assert 'data-wrong-at="id_api_key"' in part.text, "its field can be marked"


def test_a_wrong_key_is_said_in_plain_words_and_what_was_typed_stays_but_the_key(
    by_admin: Client, store: Store, operator: str
) -> None:
    page = by_admin.post(at(store), entered(operator, api_key="wrong-invented-key", shop_id="2000"))

    assert page.status_code == 422
    assert "Not connected: The platform does not let us in" in page.text
    assert "401" in page.text
    assert operator in page.text
    assert 'value="2000"' in page.text
    assert "wrong-invented-key" not in page.text
    assert not StoreConnection.objects.exists()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.BROKEN, "The platform has trouble of its own"),
        (Fault.TOO_MANY, "wants a pause"),
        (Fault.SILENT, "cannot be reached|closed the connection|did not answer"),
    ],
)
def test_each_trouble_is_a_sentence(
    by_admin: Client, store: Store, operator: str, faults: Faults, fault: Fault, words: str
) -> None:
    faults.demand([fault])
    page = by_admin.post(at(store), entered(operator))

    assert any(word in page.text for word in words.split("|"))
    assert not StoreConnection.objects.exists()


def test_a_connector_that_fails_is_our_own_mistake(
    by_admin: Client, store: Store, operator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Connected:
        raise ZeroDivisionError

    monkeypatch.setattr("tresen.channels.mirakl.connecting.read_json", broken)
    page = by_admin.post(at(store), entered(operator))

    assert "Tresen made a mistake here" in page.text


def test_what_is_missing_stands_at_its_field(by_admin: Client, store: Store) -> None:
    page = by_admin.post(at(store), {"address": "ftp://elsewhere.example", "api_key": KEY, "past": "30"})

    assert page.status_code == 422
    assert "The address must begin with https://." in page.text


@pytest.mark.parametrize(
    ("shop", "marked"),
    [
        ("not a domain!", 1),
        ("birkenhof.example", 1),
        ("birkenhof", 0),
        ("https://Birkenhof.myshopify.com/admin", 0),
    ],
)
def test_what_is_no_shop_domain_is_said_at_its_field(by_admin: Client, shop: str, marked: int) -> None:
    store = a_store("shopify", "shopify")

    page = by_admin.post(at(store), {"shop": shop, "access_token": KEY, "address": "https://127.0.0.1:1", "past": "30"})

    assert page.text.count("This is no shop domain.") == marked
    assert page.text.count("data-wrong>") == marked


def test_a_store_is_connected_its_key_sealed_and_its_feeds_begun(by_admin: Client, store: Store, operator: str) -> None:
    page = by_admin.post(at(store), entered(operator), follow=True)

    assert "is connected. Its past is being read." in page.text
    assert KEY not in page.text
    assert "It is kept, sealed. Enter it only to replace it." in page.text
    assert open_secret(f"store:{store.pk}:api_key") == KEY
    past = StoreFeed.objects.get(store=store, key="orders", backwards=True)
    assert past.back_to is not None
    assert past.began_at - past.back_to == timedelta(days=30)
    assert KEY not in str(SetupChange.objects.get(what="interface_connected").details)


def test_a_kept_key_need_not_be_entered_again_and_more_of_the_past_can_be_wanted(
    by_admin: Client, store: Store, operator: str, connected: StoreConnection
) -> None:
    page = by_admin.post(at(store), entered(operator, api_key="", past="90"), follow=True)

    assert "is connected" in page.text
    past = StoreFeed.objects.get(store=store, key="orders", backwards=True)
    assert past.back_to is not None
    assert past.began_at - past.back_to >= timedelta(days=89)
    assert '<option value="30"' not in page.text, "what is read already cannot be unread"


@pytest.mark.parametrize("who", ["by_lead", "by_agent"])
def test_only_admins_may(request: pytest.FixtureRequest, store: Store, who: str) -> None:
    browser: Any = request.getfixturevalue(who)

    assert browser.get(at(store)).status_code == 404
    assert browser.post(at(store, "setup-store-cut-off")).status_code == 404


def test_a_channel_without_an_interface_has_no_such_page(by_admin: Client) -> None:
    assert by_admin.get(at(a_store("email"))).status_code == 404


@pytest.mark.parametrize(
    ("channel", "field", "typed", "why"),
    [
        ("otto", "ship_from_country", "XYZ", "The three letters of a country, as DEU."),
        ("sms", "quiet_hours", "21:00-21:00", "From and until another time"),
    ],
)
def test_what_means_nothing_is_said_at_its_field(
    by_admin: Client, channel: str, field: str, typed: str, why: str
) -> None:
    store = a_store(channel, "")
    secrets = {"client_id": "x", "client_secret": "x", "account_sid": "AC" + "0" * 32, "auth_token": "x"}

    assert why in by_admin.post(at(store), {**secrets, field: typed, "try": "1"}).text


def test_no_more_of_the_past_is_offered_than_the_platform_tells(by_admin: Client) -> None:
    page = by_admin.get(at(a_store("walmart", "walmart.com"))).text

    assert '<option value="179">179 days</option>' in page
    assert '<option value="365"' not in page
