"""Pages, accounts and numbers at Meta: a wrong token, the word that is agreed on, the address that an app is told."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.connected import a_meta_store
from tests.factories.shops import a_store
from tresen.channels.meta.account import FACEBOOK, INSTAGRAM
from tresen.fakes.faults import Faults
from tresen.fakes.meta import ACCESS_TOKEN, ACCOUNT, APP, FakeMeta
from tresen.fakes.serving import Account, running
from tresen.fakes.whatsapp import ACCESS_TOKEN as NUMBERS_TOKEN
from tresen.fakes.whatsapp import BUSINESS, NUMBER, FakeWhatsApp
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import USUAL_PAST, start_feeds
from tresen.stores.models import Health, StoreConnection
from tresen.vault.sealing import seal

pytestmark = pytest.mark.django_db

CHANNELS = ("facebook", "instagram", "whatsapp")
NOT_LET_IN = "The platform does not let us in: what was entered is wrong, has expired or was withdrawn."


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def meta(channel: str, world: World) -> Iterator[str]:
    fakes = {
        "facebook": FakeMeta(world=world),
        "instagram": FakeMeta(world=world, of=INSTAGRAM),
        "whatsapp": FakeWhatsApp(world=world),
    }
    with running([Account(name="meta", fake=fakes[channel], faults=Faults())]) as served:
        yield f"{served}/meta"


def given(meta: str, channel: str, **other: str) -> dict[str, str]:
    own = {"account_id": NUMBER, "business_id": BUSINESS} if channel == "whatsapp" else {"account_id": ACCOUNT}
    typed = {"app_id": APP, "app_secret": "invented", "access_token": "wrong", "verify_token": "unser-wort"}
    return {**typed, **own, "address": meta, "past": "30", **other}


def test_a_wrong_token_is_said_as_on_every_platform(by_admin: Client, channel: str, meta: str) -> None:
    address = reverse("setup-store-connection", args=[a_store(channel, "").pk])

    tested = by_admin.post(address, given(meta, channel, **{"try": "1"})).text
    assert f"It does not work yet: {NOT_LET_IN}" in tested
    assert "Invalid OAuth access token" in tested, "in Meta’s own words too"
    assert f"Not connected: {NOT_LET_IN}" in by_admin.post(address, given(meta, channel)).text


@pytest.mark.parametrize("channel", ["facebook", "instagram"])
def test_a_token_that_was_withdrawn_later_asks_for_another_one(
    by_admin: Client, channel: str, world: World, now: datetime
) -> None:
    fake = FakeMeta(world=world, of=INSTAGRAM if channel == "instagram" else FACEBOOK)
    with a_meta_store(fake, channel) as store:
        start_feeds(store.pk, past=USUAL_PAST, at=now)
        seal(f"store:{store.pk}:access_token", f"no-{ACCESS_TOKEN}", at=now)
        poll_due(now)

    assert StoreConnection.objects.get(store=store).health == Health.RECONNECT
    assert NOT_LET_IN in by_admin.get(reverse("setup-store-connection", args=[store.pk])).text


def test_the_word_that_is_agreed_on_is_read_while_it_is_typed_and_later(
    by_admin: Client, channel: str, meta: str
) -> None:
    store = a_store(channel, "")
    address = reverse("setup-store-connection", args=[store.pk])

    assert '<input type="text" name="verify_token"' in by_admin.get(address).text
    failed = by_admin.post(address, given(meta, channel)).text
    assert 'value="unser-wort"' in failed
    assert "Enter the same word at Meta" in failed
    assert 'value="wrong"' not in failed, "no other secret is shown"

    token = NUMBERS_TOKEN if channel == "whatsapp" else ACCESS_TOKEN
    by_admin.post(address, given(meta, channel, access_token=token))
    assert StoreConnection.objects.filter(store=store).exists()
    page = by_admin.get(address).text
    assert 'value="unser-wort"' in page
    assert token not in page


@pytest.mark.parametrize(("kind", "field"), [("facebook", "App ID"), ("tiktok_shop", "Service ID")])
def test_an_address_with_an_apps_number_in_it_is_shown_once_that_is_known(
    by_admin: Client, kind: str, field: str
) -> None:
    store = a_store(kind, "")
    family, name = ("meta", "app_id") if kind == "facebook" else (kind, "service_id")
    connect, webhooks = (reverse(one, args=[store.pk]) for one in ("setup-store-connection", "setup-store-webhooks"))

    page = by_admin.get(connect).text
    assert f"“{field}” is a part of it: it is shown here as soon as that is entered." in page
    assert f'data-address-of="id_{name}" data-before="http://testserver/hooks/{family}/"' in page
    before = by_admin.get(webhooks).text
    assert f"“{field}” is a part of the address" in before
    assert "/hooks/" not in before
    assert f">http://testserver/hooks/{family}/4711/</textarea>" in by_admin.post(connect, {name: "4711"}).text


def test_instagrams_own_number_and_secret_are_asked_for(by_admin: Client) -> None:
    page = by_admin.get(reverse("setup-store-connection", args=[a_store("instagram", "").pk])).text

    assert "Instagram, API setup with Instagram login, and paste the app ID and the app secret that stand there" in page
    assert "Open App settings, Basic, and paste" not in page


def test_the_permissions_of_a_numbers_token_are_named(by_admin: Client) -> None:
    page = by_admin.get(reverse("setup-store-connection", args=[a_store("whatsapp", "").pk])).text

    assert "whatsapp_business_messaging and whatsapp_business_management" in page
