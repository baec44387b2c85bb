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
