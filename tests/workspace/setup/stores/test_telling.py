"""Where an administrator lets a platform tell of orders by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.channels.sms.account import an_account
from tests.factories.connected import an_sms_store
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.models import SetupChange
from tresen.intake.models import PayloadState, StoredPayload
from tresen.stores.models import Store
from tresen.stores.telling import note_refused, note_told
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret

pytestmark = pytest.mark.django_db

SECRET = "invented-signing-secret"


@pytest.fixture
def shop() -> Store:
    return a_store("shopify", "")


def address(store: Store) -> str:
    return reverse("setup-store-webhooks", args=[store.pk])


def test_the_page_says_where_to_and_what(by_admin, shop):
    page = by_admin.get(address(shop)).text

    assert f"http://testserver/hooks/{shop.pk}/" in page
    assert "orders/updated" in page
    assert address(shop) in by_admin.get(reverse("setup-store", args=[shop.pk])).text


def test_a_secret_is_sealed_and_never_shown_again(by_admin, shop):
    answer = by_admin.post(address(shop), {"secret": f"  {SECRET} "}, follow=True)

    assert "The secret is kept" in answer.text
    assert SECRET not in answer.text
    assert open_secret(f"store:{shop.pk}:webhook_secret") == SECRET
    assert SECRET.encode() not in bytes(SealedSecret.objects.get().sealed)
    change = SetupChange.objects.get(what="webhook_secret_kept")
    assert SECRET not in str(change.details)


@pytest.mark.parametrize("secret", ["", "   ", "x" * 501])
def test_what_is_no_secret_is_not_kept(by_admin, shop, secret):
    assert by_admin.post(address(shop), {"secret": secret}).status_code == 422

    assert not SealedSecret.objects.exists()


def test_it_says_how_it_goes(by_admin, shop):
    by_admin.post(address(shop), {"secret": SECRET})
    assert "nothing has come in yet" in by_admin.get(address(shop)).text

    note_refused(shop.pk, at=MONDAY)
    assert "paste its secret once more" in by_admin.get(address(shop)).text

    note_told(shop.pk, at=MONDAY + timedelta(minutes=1))
    assert "All is well" in by_admin.get(address(shop)).text


def test_what_could_not_be_read_is_told(by_admin, shop, kept_aside):
    kept_aside(shop, "not_as_documented: Expected `int`, got `str` - at `$.id`")

    assert "Expected `int`" in by_admin.get(address(shop)).text


@pytest.fixture
def kept_aside():
    from tests.workspace.webhooks.test_views import post  # noqa: PLC0415

    def keep(store: Store, problem: str) -> None:
        from tresen.accounts.actors import SYSTEM  # noqa: PLC0415
        from tresen.stores.telling import keep_signing_secret  # noqa: PLC0415

        keep_signing_secret(store.pk, "invented-secret", by=SYSTEM, at=MONDAY)
        post(store)
        StoredPayload.objects.update(state=PayloadState.QUARANTINED, problem=problem)

    return keep


def test_a_platform_that_is_asked_by_its_interface_has_a_button_and_nothing_to_paste(by_admin, settings):
    store = a_store("kaufland", "kaufland.de")
    page = by_admin.get(address(store)).text
    assert "order_unit_status_changed" in page
    assert "Connect the store first." in page
    assert "Signing secret" not in page

    refused = by_admin.post(address(store), follow=True)
    assert "must begin with https://" in refused.text
    assert not SealedSecret.objects.exists()

    settings.BASE_URL = "https://tresen.example"
    assert "From now on" not in by_admin.post(address(store), follow=True).text, "it is not connected"


def test_a_channel_that_does_not_tell_has_no_such_page(by_admin):
    store = a_store("amazon")

    assert by_admin.get(address(store)).status_code == 404
    assert address(store) not in by_admin.get(reverse("setup-store", args=[store.pk])).text


def test_a_number_that_only_listens_is_not_asked_for_orders_or_a_second_token(by_admin, connected_number):
    page = by_admin.get(reverse("setup-store-connection", args=[connected_number.pk])).text

    assert "Which events it should tell of" in page
    assert "Enter the token of this webhook" not in page, "it is the account’s own, which is asked for above"
    for misleading in ("Not read yet", "Newest order", "What is read"):
        assert misleading not in page
    page = by_admin.get(address(connected_number)).text
    assert "Messaging configuration, A message comes in" in page
    assert "<code>status</code>" not in page, "that is a word of ours"
    assert 'name="secret"' not in page


@pytest.mark.parametrize(
    ("channel", "link", "once"),
    [
        ("shopify", "Address and secret", "once it knows where"),
        ("sms", "Address", "once it knows where"),
        ("whatsapp", "Address", "once it knows where"),
        ("instagram", "Address", "once it knows where"),
        ("facebook", "Address", "once it knows where"),
        ("kaufland", "What it is to tell", "once it was asked to"),
    ],
)
def test_the_stores_page_speaks_of_what_its_channel_has(by_admin, channel, link, once):
    store = a_store(channel, "")
    page = reverse("setup-store", args=[store.pk])
    card = by_admin.get(page).text.partition('id="webhooks"')[2].partition("</section>")[0]

    assert f"The platform tells by itself {once}." in card
    assert f"<span>{link}</span>" in card
    assert "Orders" not in card

    note_told(store.pk, at=MONDAY)
    assert "The platform last told something" in by_admin.get(page).text


def test_how_a_number_does_leads_to_its_address_alone(by_admin, connected_number):
    page = by_admin.get(reverse("setup-store-connection", args=[connected_number.pk])).text

    assert f'href="{address(connected_number)}">Address</a>' in page


def test_the_word_for_a_number_at_whatsapp_is_entered_where_whatsapp_asks_for_it(by_admin):
    whatsapp, facebook = a_store("whatsapp", ""), a_store("facebook", "")

    asked = by_admin.get(reverse("setup-store-connection", args=[whatsapp.pk])).text
    assert "at Meta, WhatsApp, Configuration, and subscribe" in asked
    asked = by_admin.get(reverse("setup-store-connection", args=[facebook.pk])).text
    assert "at Meta, Webhooks, and subscribe" in asked


@pytest.fixture
def connected_number():
    with an_sms_store(an_account()) as number:
        yield number


TOKEN = "Unser_eigenes-Wort-fuer-eBay-2026"


def test_a_token_that_is_made_up_is_kept_here_first_and_can_be_read(by_admin):
    store = a_store("ebay", "ebay.de")
    page = by_admin.get(address(store)).text
    assert page.index("1. Here") < page.index("2. At the platform")
    assert "Make up a verification token and keep it here first" in page
    for misleading in ("It shows the secret here", "Signing secret"):
        assert misleading not in page

    page = by_admin.post(address(store), {"secret": TOKEN}, follow=True).text
    assert f'value="{TOKEN}"' in page
    assert open_secret(f"store:{store.pk}:verification_token") == TOKEN


@pytest.mark.parametrize(
    ("channel", "secret", "why"),
    [
        ("ebay", "short!", "32 to 80 letters, digits, underscores and hyphens."),
        ("ebay", TOKEN + "!", "32 to 80 letters, digits, underscores and hyphens."),
        ("woocommerce", "abc", "At least 16 characters"),
    ],
)
def test_what_the_platform_would_not_take_or_anybody_could_guess_is_not_kept(by_admin, channel, secret, why):
    answer = by_admin.post(address(a_store(channel, "")), {"secret": secret})

    assert answer.status_code == 422
    assert why in answer.text
    assert not SealedSecret.objects.exists()


@pytest.mark.parametrize("channel", ["shopify", "ebay", "sms"])
def test_an_address_that_no_platform_takes_is_said_to_be_one(by_admin, channel):
    page = address(a_store(channel, ""))

    assert "takes only addresses that begin with https://" in by_admin.get(page).text
    assert "takes only addresses that begin" not in by_admin.get(page, secure=True).text


@pytest.mark.parametrize("channel", ["kaufland", "woocommerce"])
def test_the_steps_lead_to_what_tells_of_orders_at_once(by_admin, channel):
    store = a_store(channel, "")
    page = by_admin.get(reverse("setup-store-connection", args=[store.pk])).text

    assert "tell of orders at once" in page
    assert f'href="{address(store)}"' in page
