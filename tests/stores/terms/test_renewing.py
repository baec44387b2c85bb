"""Tokens that end are renewed by age, once, and never lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection as database
from werkzeug.wrappers import Request, Response

from tests.factories.connected import a_connected_page, a_meta_store
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.channels.connections import Connected
from tresen.channels.meta.account import INSTAGRAM
from tresen.channels.meta.connecting import connection
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.meta import ACCESS_TOKEN, ACCOUNT, FakeMeta
from tresen.fakes.serving import Account, running
from tresen.fakes.world import World
from tresen.stores.access import access_to
from tresen.stores.models import CredentialTerm, Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store, cut_off_store
from tresen.stores.terms.renewing import AGAIN, HOLD, claim, renew_due
from tresen.vault.sealing import open_secret

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Interrupted:
    """While the platform answers, something else happens here."""

    fake: FakeMeta
    meanwhile: Callable[[], None]
    title: str = "Meta"

    @property
    def world(self) -> World:
        return self.fake.world

    def answer(self, request: Request) -> Response:
        self.meanwhile()
        return self.fake.answer(request)

    def too_many(self) -> Response:
        return self.fake.too_many()

    def broken(self) -> Response:
        return self.fake.broken()


class Shop:
    """An account at a fake Instagram, whose clock is where a test puts it."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.fake = FakeMeta(world=World(clock=lambda: self.now), of=INSTAGRAM)
        self.fake.token_given_at = MONDAY - 10 * DAY
        self.faults = Faults()
        self.store = Store()

    def renew(self, at: datetime) -> int:
        self.now = at
        return renew_due(at)

    def lets_in(self, at: datetime) -> bool:
        self.now = at
        return isinstance(connection(INSTAGRAM).test(access_to(self.store, clock=lambda: at)), Connected)

    @property
    def token(self) -> str:
        return open_secret(f"store:{self.store.pk}:access_token")


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    with running([Account(name="meta", fake=shop.fake, faults=shop.faults)]) as served:
        shop.store = a_connected_page("instagram", address=f"{served}/meta", account=shop.fake.account)
        yield shop


def row() -> CredentialTerm:
    return CredentialTerm.objects.get()


def about(moment: datetime | None, wanted: datetime) -> bool:
    return moment is not None and abs(moment - wanted) < timedelta(minutes=1)


def test_a_token_of_unknown_age_is_renewed_at_once_and_then_when_a_third_of_its_life_is_left(shop: Shop) -> None:
    assert shop.renew(MONDAY) == 1
    first = shop.token
    assert first != ACCESS_TOKEN
    assert about(row().ends_at, MONDAY + 60 * DAY)
    assert about(row().next_at, MONDAY + 40 * DAY)

    assert shop.renew(MONDAY + 39 * DAY) == 0
    assert shop.token == first
    assert shop.renew(MONDAY + 41 * DAY) == 1
    assert shop.token != first
    assert shop.lets_in(MONDAY + 100 * DAY)


def test_a_store_that_is_renewed_is_never_shut_out(shop: Shop) -> None:
    for days in range(0, 400, 5):
        shop.renew(MONDAY + days * DAY)
        assert shop.lets_in(MONDAY + days * DAY)


def test_a_token_of_today_is_too_young_and_is_renewed_a_day_later(shop: Shop) -> None:
    shop.fake.token_given_at = MONDAY
    assert shop.renew(MONDAY) == 1
    assert shop.token == ACCESS_TOKEN
    assert row().told_at is None
    assert row().failing_since is not None

    for hours in range(6, 31, 6):
        shop.renew(MONDAY + hours * HOUR + timedelta(minutes=1))
    assert shop.token != ACCESS_TOKEN
    assert (row().failing_since, row().trouble) == (None, "")


def test_whoever_dies_with_the_new_token_loses_nothing(shop: Shop) -> None:
    """It asked, was given a token, and was killed before it kept that."""
    door = connection(INSTAGRAM).terms[0].door
    assert door is not None
    shop.renew(MONDAY - DAY)  # nothing is known of it yet but its row
    CredentialTerm.objects.update(next_at=MONDAY)
    before = shop.token
    shop.now = MONDAY
    assert claim(MONDAY) is not None
    access = access_to(shop.store, clock=lambda: MONDAY)
    access.http.send(door.request(access))

    assert shop.lets_in(MONDAY), "the old one holds"
    assert shop.renew(MONDAY + timedelta(minutes=1)) == 0
    assert shop.renew(MONDAY + HOLD + timedelta(minutes=1)) == 1
    assert shop.token != before
    assert shop.lets_in(MONDAY + HOLD + timedelta(minutes=1))


def test_two_workers_take_turns(shop: Shop) -> None:
    shop.renew(MONDAY)
    CredentialTerm.objects.update(next_at=MONDAY)
    assert claim(MONDAY) is not None
    assert claim(MONDAY) is None


def test_what_goes_wrong_is_told_and_tried_again_and_the_old_one_stays(shop: Shop) -> None:
    shop.faults.demand([Fault.BROKEN])
    assert shop.renew(MONDAY) == 1
    assert row().trouble.startswith("500")
    assert about(row().failing_since, MONDAY)
    assert shop.token == ACCESS_TOKEN

    assert shop.renew(MONDAY + AGAIN - HOUR) == 0
    shop.faults.demand([Fault.BROKEN])
    assert shop.renew(MONDAY + AGAIN + HOUR) == 1
    assert about(row().failing_since, MONDAY), "since it first went wrong"
    assert shop.renew(MONDAY + 3 * AGAIN) == 1
    assert (row().failing_since, row().trouble) == (None, "")


def test_a_token_that_is_entered_anew_is_learned_anew(shop: Shop) -> None:
    shop.renew(MONDAY)
    settings = StoreConnection.objects.get().settings
    connect_store(shop.store.pk, Entered(settings=settings), by=SYSTEM, at=MONDAY + DAY)
    assert row().told_at is not None, "none was entered"

    entered = Entered(settings=settings, secrets={"access_token": ACCESS_TOKEN})
    connect_store(shop.store.pk, entered, by=SYSTEM, at=MONDAY + DAY)
    assert not CredentialTerm.objects.exists()
    assert shop.renew(MONDAY + DAY) == 1
    assert about(row().ends_at, MONDAY + 61 * DAY)


def test_a_store_that_is_cut_off_or_retired_is_not_renewed(shop: Shop) -> None:
    Store.objects.update(retired_at=MONDAY)
    assert shop.renew(MONDAY) == 0
    Store.objects.update(retired_at=None)
    shop.renew(MONDAY)
    cut_off_store(shop.store.pk, by=SYSTEM, at=MONDAY)
    assert not CredentialTerm.objects.exists()
    assert shop.renew(MONDAY + 41 * DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_entered_while_the_platform_answers_stays() -> None:
    world = World(clock=lambda: MONDAY)
    settings: dict[str, str] = {}

    def enter() -> None:
        entered = Entered(settings=settings, secrets={"access_token": f"{ACCESS_TOKEN}.1"})
        connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
        database.close()

    with running([Account(name="meta", fake=Interrupted(FakeMeta(world=world, of=INSTAGRAM), enter))]) as served:
        store = a_connected_page("instagram", address=f"{served}/meta", account=ACCOUNT)
        settings.update(StoreConnection.objects.get().settings)
        assert renew_due(MONDAY) == 1

    assert open_secret(f"store:{store.pk}:access_token") == f"{ACCESS_TOKEN}.1"
    assert not CredentialTerm.objects.exists(), "nothing is known of that one"


@pytest.mark.parametrize("ends_at", [None, MONDAY + 60 * DAY])
def test_of_a_page_it_is_asked_each_week_until_when_its_token_holds(ends_at: datetime | None) -> None:
    fake = FakeMeta(world=World(clock=lambda: MONDAY))
    fake.token_ends_at = ends_at
    with a_meta_store(fake, "facebook") as store:
        assert renew_due(MONDAY) == 1
        assert renew_due(MONDAY + 6 * DAY) == 0
        assert renew_due(MONDAY + 8 * DAY) == 1
        assert row().ends_at == ends_at
        assert about(row().told_at, MONDAY + 8 * DAY)
        assert open_secret(f"store:{store.pk}:access_token") == ACCESS_TOKEN
