"""What platforms tell of the ends of credentials, with the tokens that they give, is kept beside the connection."""

from datetime import timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.connections import Connected
from tresen.fakes.serving import Account, running
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, REFRESH_TOKEN, SERVICE_ID, FakeTikTokShop
from tresen.fakes.world import World
from tresen.stores.access import access_to
from tresen.stores.models import CredentialTerm, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store, connection_of
from tresen.stores.terms.noting import note_ends
from tresen.stores.terms.queries import TermStanding, terms_of
from tresen.stores.terms.renewing import renew_due
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def standings() -> tuple[TermStanding, ...]:
    connected = StoreConnection.objects.select_related("store").get()
    return terms_of([connected], at=wall.now()).get(connected.store_id, ())


def test_tiktok_shop_tells_with_each_token_until_when_the_next_sign_in_can_wait() -> None:
    with running([Account(name="shop", fake=FakeTikTokShop(World(clock=wall.now)))]) as served:
        store = a_store("tiktok_shop", "tiktok.com/us")
        base = f"{served}/shop"
        settings = {"address": base, "token_address": base, "service_id": SERVICE_ID}
        secrets = {"app_key": APP_KEY, "app_secret": APP_SECRET, "refresh_token": REFRESH_TOKEN}
        connect_store(store.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        assert standings() == (), "nobody has said anything"

        connection = connection_of(store)
        assert connection is not None
        assert isinstance(connection.test(access_to(store, clock=wall.now)), Connected)

    (found,) = standings()
    assert found.ends_at is not None
    assert abs(found.ends_at - wall.now() - 365 * DAY) < DAY
    assert (found.at_latest, found.renews, found.by_consent, found.pressing) == (False, False, True, False)
    assert renew_due(wall.now()) == 0


def test_what_is_told_again_takes_the_place_of_what_was_and_nothing_is_kept_of_who_is_not_connected() -> None:
    store = a_store("tiktok_shop", "tiktok.com/us")
    note_ends(store.pk, {"refresh_token": MONDAY}, at=MONDAY)
    assert not CredentialTerm.objects.exists()

    StoreConnection.objects.create(store=store, connected_at=MONDAY)
    for days in (1, 2):
        note_ends(store.pk, {"refresh_token": MONDAY + days * DAY}, at=MONDAY)
    assert CredentialTerm.objects.get().ends_at == MONDAY + 2 * DAY
