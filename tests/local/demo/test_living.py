"""What the desk does reaches the demo's platforms and mail server, and is still so after they were killed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from socket import socket
from uuid import uuid4

import pytest

from tests.local.demo.dice import dice_of
from tresen.accounts.actors import Actor
from tresen.actions.asking import Wanted, ask
from tresen.actions.models import ActionState
from tresen.actions.performing import perform_due
from tresen.channels.contract import Role
from tresen.channels.order_door import ActionLine, OrderAction
from tresen.fakes.sales import By, Sale
from tresen.intake.feeds.polling import poll_due
from tresen.intake.models import StoredPayload, StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.local.demo.filling import fill
from tresen.local.demo.founding import Shop, found, known_shop
from tresen.local.demo.living import go_on, opened_again
from tresen.local.demo.platforms.accounts import Stalls
from tresen.local.demo.platforms.address import address_of, listen
from tresen.local.demo.platforms.going_on import new_question
from tresen.local.demo.platforms.keeping import FILE
from tresen.local.demo.platforms.opening import begin_to_sell
from tresen.local.demo.remembering import Remembered, remember
from tresen.orders.models import Order
from tresen.outbox.sending import send_due
from tresen.replies.answering import answer
from tresen.stores.models import Store, StoreConnection
from tresen.tickets.models import Direction, Message, Ticket, TicketOrder
from tresen.timekeeping import wall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def told(kept_for_all: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the platforms are kept of a shop whose story is told."""
    made, home = found(at=NOW - timedelta(days=170), smtp_port=2525), tmp_path_factory.mktemp("platforms")
    remembered = Remembered(until=NOW, tickets=40)
    story = remembered.retold()
    with listen(home) as listening:
        begin_to_sell(story, made, home=home, listening=listening, now=NOW, clock=wall.now, past=timedelta(days=13))
        fill(story, made, address=address_of(listening), now=NOW, progress=lambda *_: None)
    remember(made, remembered)
    return home


@pytest.fixture
def shop(told: Path, tmp_path: Path) -> Shop:
    """Its platforms are the test's own: they are changed by it."""
    copytree(told, tmp_path, dirs_exist_ok=True)
    return known_shop()


@pytest.fixture
def stalls(shop: Shop, tmp_path: Path, listening: socket) -> Iterator[Stalls]:
    with opened_again(shop, home=tmp_path, listening=listening) as opened:
        yield opened


def _read_what_is_new(*keys: str, shop: Shop) -> None:
    """As of a moment later: platforms that write whole seconds tell of what happened in the last one only then."""
    StoreFeed.objects.filter(store__in=[shop.stores[key] for key in keys], backwards=False).update(next_at=NOW)
    poll_due(wall.now() + timedelta(seconds=5), most=100)
    parse_kept(wall.now() + timedelta(seconds=5))


def _refunded(shop: Shop, stalls: Stalls) -> tuple[str, int]:
    """A refund asked for from a ticket, and performed: the order's number, and how much went back."""
    stall, dice = stalls.by_key["market"], dice_of(5)
    before = set(stall.world.talks)
    while not any(stall.world.talks[name].sale for name in set(stall.world.talks) - before):
        new_question(dice, stall, wall.now())
    _read_what_is_new("market", shop=shop)
    named = TicketOrder.objects.filter(order__store=shop.stores["market"], order__payment="paid").last()
    assert named is not None
    assert named.order is not None
    line = named.order.lines.all()[0]
    lines = [ActionLine(external_id=line.external_id, quantity=0, amount=100)]
    wanted = Wanted(kind=OrderAction.REFUND, lines=lines, reason="REFUND_OTHER")
    action = ask(named.ticket_id, named.order.pk, wanted, key=uuid4(), by=shop.agents["miriam"], at=wall.now())
    perform_due(wall.now() + timedelta(minutes=1))
    action.refresh_from_db()
    assert action.state == ActionState.DONE, action.answer
    return named.number, action.amount


def _sale(stalls: Stalls, number: str) -> Sale:
    return next(stall.world.sales[number] for stall in stalls.by_key.values() if number in stall.world.sales)


def test_a_refund_from_the_ticket_changes_the_order_there_and_stays(
    shop: Shop, tmp_path: Path, listening: socket
) -> None:
    with opened_again(shop, home=tmp_path, listening=listening) as stalls:
        number, amount = _refunded(shop, stalls)
        assert _sale(stalls, number).refunded == amount
    with opened_again(shop, home=tmp_path, listening=listening) as again:
        assert _sale(again, number).refunded == amount
        _read_what_is_new("market", shop=shop)
    assert sum(Order.objects.get(number=number).refunds.values_list("amount", flat=True)) == amount


def test_a_question_in_an_inbox_comes_in_and_the_answer_goes_there(shop: Shop, stalls: Stalls) -> None:
    before = Ticket.objects.count()
    stall = stalls.by_key["market"]
    while not new_question(dice_of(3), stall, wall.now()):
        pass
    _read_what_is_new("market", shop=shop)
    assert Ticket.objects.count() == before + 1
    asked = Message.objects.filter(direction=Direction.IN, conversation__role=Role.BUYER).order_by("-pk").first()
    assert asked is not None
    assert asked.ticket is not None
    answer(
        asked.ticket.pk,
        conversation_id=asked.conversation_id,
        text="Das klären wir.",
        answers_up_to=asked.pk,
        by=Actor.agent(shop.agents["deniz"].id or 0),
        at=wall.now(),
    )
    send_due(wall.now() + timedelta(minutes=1))
    letters = [letter for talk in stall.world.talks.values() for letter in talk.letters]
    assert [one.by for one in letters if one.text == "Das klären wir."] == [By.SELLER]


def test_what_the_platforms_told_before_is_nothing_new(shop: Shop, stalls: Stalls) -> None:
    known = set(Message.objects.values_list("pk", flat=True))
    _read_what_is_new("ebay_de", "market", shop=shop)
    assert set(Message.objects.values_list("pk", flat=True)) == known
    assert not StoredPayload.objects.filter(state="quarantined").exists()


def test_whatever_happens_can_be_read(shop: Shop, stalls: Stalls) -> None:
    dice = dice_of(8)
    for _ in range(40):
        go_on(dice, shop, stalls, at=wall.now())
    _read_what_is_new(*stalls.by_key, shop=shop)
    assert not StoredPayload.objects.filter(state="quarantined").exists()
    assert set(StoreFeed.objects.values_list("trouble", flat=True)) == {""}


def test_where_the_file_is_lost_the_platforms_are_as_when_the_story_ended(
    shop: Shop, tmp_path: Path, listening: socket
) -> None:
    with opened_again(shop, home=tmp_path, listening=listening) as stalls:
        before = {key: dict(stall.world.sales) for key, stall in stalls.by_key.items()}
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    with opened_again(shop, home=tmp_path, listening=listening) as again:
        assert {key: stall.world.sales for key, stall in again.by_key.items()} == before


def test_platforms_that_moved_are_found_again_and_a_store_cut_off_stays_so(
    shop: Shop, tmp_path: Path, listening: socket
) -> None:
    StoreConnection.objects.filter(store=shop.stores["ebay_de"]).delete()
    with listen(tmp_path) as elsewhere, opened_again(shop, home=tmp_path, listening=elsewhere):
        addresses = dict(StoreConnection.objects.values_list("store", "settings__address"))
        assert set(addresses) == {shop.stores[key] for key in ("amazon_de", "amazon_it", "market", "shop")}
        assert all(address.startswith(address_of(elsewhere)) for address in addresses.values())
        _read_what_is_new("shop", shop=shop)
    assert Store.objects.get(pk=shop.stores["shop"]).connection.health == "good"
