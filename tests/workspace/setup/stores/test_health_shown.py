"""How a connected store does is told for ever after, in plain words."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.connected import a_connected_page
from tests.factories.sales import a_shelf, a_talk, many_sales
from tests.factories.shops import a_store
from tresen.accounts.models import Agent
from tresen.channels.http import Allowance
from tresen.channels.mirakl.reading import GENTLE
from tresen.fakes.world import World
from tresen.intake.feeds.polling import poll_due
from tresen.intake.models import PayloadState, StoredPayload, StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.stores import allowances, connection_health
from tresen.stores.models import CredentialTerm, Store, StoreConnection
from tresen.timekeeping import wall
from tresen.vault.models import SealedSecret

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"HX-Request": "true"}}


def at(store: Store, route: str = "setup-store-connection", *more: str) -> str:
    return reverse(route, args=[store.pk, *more])


def read_all(moment: datetime) -> None:
    for turn in range(30):
        poll_due(moment + timedelta(seconds=5 * turn))
    while parse_kept(moment):
        pass


def test_the_page_tells_how_it_does(
    by_admin: Client, store: Store, world: World, connected: StoreConnection, now: datetime
) -> None:
    world.fill(sales=many_sales(12, every=timedelta(days=1), until=now - timedelta(hours=1)), stock=[a_shelf()])
    world.fill(talks=[a_talk(sale="ORD-12-A", at=now - timedelta(hours=2))])
    assert f'{at(store, "setup-store-health")}" hx-trigger="every 3s"' in by_admin.get(at(store)).text

    poll_due(wall.now(), most=1)
    StoreFeed.objects.filter(backwards=True, key="orders").update(read_to=now - timedelta(days=15))
    page = by_admin.get(at(store)).text
    assert '<progress value="5' in page or '<progress value="49' in page
    assert "15 days remain" in page or "14 days remain" in page

    StoreFeed.objects.filter(backwards=True, key="orders").update(read_to=now)
    read_all(wall.now())
    StoreFeed.objects.filter(next_at__isnull=False).update(next_at=wall.now() + timedelta(minutes=5))
    page = by_admin.get(at(store)).text
    assert "Does well" in page
    assert " · 12 orders in all" in page
    assert "brought something new" in page
    assert "the platform has told nothing yet" not in page, "Mirakl tells nothing by itself"
    assert "none yet" not in page
    assert "<progress" not in page
    assert at(store, "setup-store-health") not in page, "nobody asks where nothing moves"
    assert "full again in" in page or "all 10; 1 more each second" in page


def test_what_may_still_be_asked_and_what_was_set_aside_are_told(
    by_admin: Client, store: Store, connected: StoreConnection, now: datetime
) -> None:
    poll_due(wall.now())
    StoredPayload.objects.filter(store=store).update(state=PayloadState.QUARANTINED, problem="Expected `int`")
    count = StoredPayload.objects.filter(store=store).count()
    reports = Allowance(name="order reports", per_second=0.01, burst=20)
    allowances.take(store.pk, reports, cost=18, at=now)
    allowances.close(store.pk, GENTLE.of("mirakl elsewhere.example"), until=now + timedelta(days=2))

    page = by_admin.get(at(store)).text

    assert f"{count} × <code" in page
    assert "order reports" in page
    assert "2 of 20; 36 more each hour, full again in" in page
    assert "the platform wants a pause until" in page


def test_an_allowance_says_with_which_stores_it_is_shared(
    by_admin: Client, store: Store, connected: StoreConnection, operator: str, now: datetime
) -> None:
    other, retired = a_store("mirakl", "conrad"), a_store("mirakl", "conrad")
    shared = GENTLE.of(f"mirakl {operator.removeprefix('http://').partition('/')[0]}")
    for one in (store, other, retired):
        allowances.take(one.pk, shared, cost=4, at=wall.now())
    Store.objects.filter(pk=retired.pk).update(retired_at=now)

    page = by_admin.get(at(store)).text

    assert "All requests" in page
    assert f"shared with {other.name}</span>" in page
    assert retired.name not in page.partition('id="left"')[2].partition("</section>")[0]


def test_a_withdrawn_key_asks_to_connect_again_wherever_the_store_stands(
    by_admin: Client, store: Store, connected: StoreConnection, now: datetime
) -> None:
    connection_health.failed(store.pk, "401 Unauthorized", at=now, reconnect=True)

    assert "The platform does not let us in" in by_admin.get(at(store)).text
    assert "Connect again" in by_admin.get(reverse("setup-stores")).text
    assert "Connect again" in by_admin.get(reverse("setup-store", args=[store.pk])).text
    overview = by_admin.get(reverse("setup")).text
    assert f"{store.name}: The platform does not let us in" in overview
    assert at(store) in overview


def test_the_open_page_asks_for_its_health_alone(by_admin: Client, store: Store, connected: StoreConnection) -> None:
    part = by_admin.get(at(store, "setup-store-health"), **HTMX).text

    assert 'id="health"' in part
    assert "<html" not in part


def test_a_feed_is_read_now_and_no_more_often_than_the_platform_allows(
    by_admin: Client, store: Store, connected: StoreConnection
) -> None:
    later = wall.now() + timedelta(hours=5)
    StoreFeed.objects.filter(key="stock").update(next_at=later, checked_at=wall.now() - timedelta(hours=1))
    page = by_admin.post(at(store, "setup-store-feed", "stock"), follow=True)
    assert "Stock: being read now." in page.text
    assert StoreFeed.objects.get(key="stock").next_at <= wall.now()  # type: ignore[operator]

    StoreFeed.objects.filter(key="stock").update(next_at=later, checked_at=wall.now())
    page = by_admin.post(at(store, "setup-store-feed", "stock"), follow=True)
    assert "the platform does not allow it sooner" in page.text
    wait = StoreFeed.objects.get(key="stock").next_at - wall.now()  # type: ignore[operator]
    assert timedelta(minutes=4) < wait <= timedelta(minutes=5)

    assert by_admin.post(at(store, "setup-store-feed", "nothing")).status_code == 404


def test_a_store_that_is_cut_off_forgets_its_key_and_keeps_what_was_read(
    by_admin: Client, store: Store, connected: StoreConnection
) -> None:
    poll_due(wall.now())
    kept = StoredPayload.objects.filter(store=store).count()

    page = by_admin.post(at(store, "setup-store-cut-off"), follow=True)

    assert "is cut off from its platform. What was read stays." in page.text
    assert not StoreConnection.objects.exists()
    assert not SealedSecret.objects.exists()
    assert StoredPayload.objects.filter(store=store).count() == kept
    assert by_admin.get(at(store, "setup-store-health")).status_code == 404


def test_the_health_costs_no_more_with_more_read(
    by_admin: Client, store: Store, world: World, connected: StoreConnection, now: datetime
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            by_admin.get(at(store, "setup-store-health"))
        return len(asked)

    before = cost()
    world.fill(sales=many_sales(30, every=timedelta(hours=1), until=now), stock=[a_shelf()])
    read_all(wall.now())

    assert StoredPayload.objects.filter(store=store).exists()
    assert cost() <= before


def test_a_feed_that_does_not_do_well_says_so_beside_the_store_and_its_past_that_it_is_not_begun(
    by_admin: Client, store: Store, connected: StoreConnection
) -> None:
    connection_health.went_well(store.pk, at=wall.now())
    StoreFeed.objects.filter(key="returns", backwards=False).update(trouble="500 oops")

    assert "The past is not read yet: 30 days, to" in by_admin.get(at(store)).text
    told = by_admin.get(reverse("setup-store", args=[store.pk])).text
    assert "Returns: The platform has trouble of its own" in told


def test_what_the_account_has_no_right_to_stands_apart_from_trouble(
    by_admin: Client, store: Store, connected: StoreConnection
) -> None:
    connection_health.went_well(store.pk, at=wall.now())
    StoreFeed.objects.filter(key="returns", backwards=False).update(trouble="403 Forbidden", lacks=True)

    page = by_admin.get(at(store)).text

    assert "Not for this account" in page
    assert "The platform knows us and does not allow this" in page
    assert "Does well" in page
    assert "In trouble" not in page
    assert "Returns:" not in by_admin.get(reverse("setup-store", args=[store.pk])).text

    StoreFeed.objects.filter(store=store).update(trouble="403 Forbidden", lacks=True)
    assert "In trouble" in by_admin.get(at(store)).text, "nothing at all is allowed"


def test_figures_are_written_as_the_reader_writes_them(
    by_admin: Client, admin: Agent, store: Store, connected: StoreConnection, now: datetime
) -> None:
    allowances.take(store.pk, Allowance(name="calls", per_second=1 / 3600, burst=5000), cost=1000, at=wall.now())

    assert "4,000 of 5,000; 1 more each hour" in by_admin.get(at(store)).text
    admin.language = "de"
    admin.save()
    assert "4.000 von 5.000; 1 mehr je Stunde" in by_admin.get(at(store)).text


def test_a_token_whose_renewal_goes_wrong_is_told_before_it_ends_wherever_the_store_stands(
    by_admin: Client, now: datetime
) -> None:
    account = a_connected_page("instagram", address="https://graph.example", account="17841400000000001")
    connection_health.went_well(account.pk, at=now)
    term = CredentialTerm.objects.create(
        connection=StoreConnection.objects.get(),
        secret="access_token",
        told_at=now,
        ends_at=now + timedelta(days=60),
        next_at=now + timedelta(days=40),
    )
    page = by_admin.get(at(account)).text
    assert "is renewed by itself on" in page
    assert "Does well" in page

    term.failing_since, term.trouble = now - timedelta(days=4), "503 down"
    term.save()
    page, overview = by_admin.get(at(account)).text, by_admin.get(reverse("setup")).text
    for told in (page, overview, by_admin.get(reverse("setup-store", args=[account.pk])).text):
        assert "could not be renewed since" in told
        assert "enter it on the page of the store’s connection" in told
    assert "Access ends" in page
    assert "Access ends" in by_admin.get(reverse("setup-stores")).text
    assert f"{account.name}: Access token: could not be renewed" in overview
