"""A shop in the whole product: what comes in, by whom it was answered, and the tokens that take each other's place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.sales import AT, IDA, a_sale, a_talk
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.factories.told import take_in, told_of
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.connections import Connected
from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.serving import Account, running
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, CIPHER, REFRESH_TOKEN, SERVICE_ID, SHOP_ID, FakeTikTokShop
from tresen.fakes.tiktok_shop.telling import Delivery, newest_message, signed
from tresen.fakes.world import World
from tresen.intake.models import StoredPayload, StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.outbox.models import DeliveryState
from tresen.outbox.sending import send_due
from tresen.replies.answering import answer
from tresen.sla.defaults import create_defaults
from tresen.sla.keeping import kept_of
from tresen.stores.models import Store, StoreConnection
from tresen.stores.platform_connecting import Entered, connect_store, try_connection
from tresen.stores.tokens import forget_tokens
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret

pytestmark = pytest.mark.django_db

NUMBER = "576486316948490001"
MINUTE = timedelta(minutes=1)
LATER = AT + 20 * MINUTE


@pytest.fixture
def world() -> World:
    world = World(clock=lambda: AT + 10 * MINUTE)
    world.fill(sales=[a_sale(NUMBER)], talks=[a_talk("7", sale=NUMBER)])
    return world


@pytest.fixture
def fake(world: World) -> FakeTikTokShop:
    return FakeTikTokShop(world)


@pytest.fixture
def store(fake: FakeTikTokShop) -> Iterator[Store]:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=AT - timedelta(days=1))
    with running([Account(name="shop", fake=fake)]) as served:
        yield connected(a_store("tiktok_shop", "tiktok.com/us"), f"{served}/shop")


def connected(store: Store, address: str) -> Store:
    """As an administrator does it: tried, and kept with what trying it told."""
    entered = entered_at(address)
    known = try_connection(store, entered, at=AT)
    assert isinstance(known, Connected), known
    connect_store(store.pk, entered, learned=known.learned, by=SYSTEM, at=MONDAY)
    return store


def entered_at(address: str) -> Entered:
    return Entered(
        settings={"address": address, "token_address": address, "service_id": SERVICE_ID},
        secrets={"app_key": APP_KEY, "app_secret": APP_SECRET, "refresh_token": REFRESH_TOKEN},
    )


def post(delivery: Delivery) -> HttpResponse:
    headers = {name: value for name, value in delivery.headers.items() if name != "Content-Type"}
    return Client().post(
        f"/hooks/tiktok_shop/{SERVICE_ID}/", delivery.body, content_type="application/json", headers=headers
    )  # type: ignore[return-value]


def hook(fake: FakeTikTokShop, talk: str = "7", *, shop: str = SHOP_ID, secret: str = APP_SECRET) -> Delivery:
    return newest_message(fake, fake.world.talks[talk], shop=shop, key=APP_KEY, secret=secret)


def owed() -> list[bool]:
    """Of each message that the platform's clock counts, whether it still waits; and whether our own target does."""
    ticket = Ticket.objects.get().pk
    return [one.own is None for one in kept_of([ticket], at=LATER)[ticket].state.owed]


def test_trying_learns_which_shop_it_is_and_keeps_the_token_that_took_the_olds_place(
    store: Store, fake: FakeTikTokShop
) -> None:
    settings = StoreConnection.objects.get(store=store).settings
    assert (settings["shop_cipher"], settings["shop_id"]) == (CIPHER, SHOP_ID)
    assert open_secret(f"store:{store.pk}:refresh_token") == f"TTP_invented_refresh_{fake.given}"

    told_of(store)
    forget_tokens(store.pk)
    take_in(LATER)

    assert open_secret(f"store:{store.pk}:refresh_token") == f"TTP_invented_refresh_{fake.given}"
    assert set(StoreFeed.objects.filter(store=store).values_list("trouble", flat=True)) == {""}


def test_what_was_only_tried_can_be_tried_again_and_connected_though_its_token_is_another_by_now(
    fake: FakeTikTokShop,
) -> None:
    with running([Account(name="shop", fake=fake)]) as served:
        store = a_store("tiktok_shop", "tiktok.com/us")
        entered = entered_at(f"{served}/shop")
        assert [type(try_connection(store, entered, at=AT)) for _ in range(3)] == [Connected] * 3
        assert not StoreConnection.objects.exists()

        connected(store, f"{served}/shop")
        told_of(store)

    assert open_secret(f"store:{store.pk}:refresh_token") == f"TTP_invented_refresh_{fake.given}"
    assert not SealedSecret.objects.filter(name__endswith=":after").exists()
    assert StoreConnection.objects.get().health == "good"


def test_a_token_that_was_withdrawn_before_its_time_is_fetched_anew(store: Store, fake: FakeTikTokShop) -> None:
    told_of(store)
    fake.expire()

    take_in(LATER)

    assert set(StoreFeed.objects.filter(store=store).values_list("trouble", flat=True)) == {""}
    assert StoreConnection.objects.get(store=store).health == "good"


def test_a_message_comes_once_whether_told_read_or_both(store: Store, fake: FakeTikTokShop) -> None:
    assert post(hook(fake)).status_code == 200
    parse_kept(AT)
    assert Message.objects.get().text == "Wo ist mein Paket?"

    told_of(store)
    take_in(LATER)

    assert Message.objects.filter(text="Wo ist mein Paket?").count() == 1
    assert Ticket.objects.count() == 1


def test_what_the_buyer_looked_at_is_no_words_of_his_and_the_ticket_is_called_by_those(store: Store) -> None:
    told_of(store)
    take_in(LATER)

    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.language) == ("Wo ist mein Paket?", "de")
    assert [(one.text, one.language) for one in Message.objects.order_by("occurred_at")] == [
        ("", ""),
        ("Wo ist mein Paket?", "de"),
    ]
    page = page_of(store, ticket)
    order = reverse("order", args=[Order.objects.get().pk])
    assert f'<a class="link" href="{order}">The buyer came from order {NUMBER}</a>' in page


def test_a_card_comes_once_and_is_shown_as_one(store: Store, fake: FakeTikTokShop) -> None:
    letter = fake.world.write("7", by=By.BUYER, text=".")
    fake.cards.add(letter.id)
    assert post(hook(fake)).status_code == 200
    parse_kept(LATER)
    ticket = Ticket.objects.get()
    assert (Message.objects.get().text, ticket.subject) == ("", "")
    queue = signed_in(store).get(reverse("queue-view", args=["all"])).text
    assert f"Card of order {NUMBER}" in queue

    told_of(store)
    take_in(LATER)

    cards = [one for one in Message.objects.all() if one.facts.get("card") == "order"]
    assert len(cards) == 1
    page = page_of(store, ticket)
    assert page.count(f">Card of order {NUMBER}</a>") == 1
    assert "No text" not in page


def test_a_card_of_ours_in_seller_center_is_no_answer_that_left_from_here(store: Store, fake: FakeTikTokShop) -> None:
    told_of(store)
    fake.cards.add(fake.world.write("7", by=By.SELLER, text=".").id)
    take_in(LATER)
    (ours,) = Message.objects.filter(direction="out")
    assert (ours.kind, ours.text, ours.facts["card"]) == ("own_answer", "", "order")
    assert f"Card of order {NUMBER}" in page_of(store, Ticket.objects.get())


def signed_in(store: Store) -> Client:
    client = Client()
    client.force_login(an_agent(store.default_team))
    return client


def page_of(store: Store, ticket: Ticket) -> str:
    return signed_in(store).get(reverse("ticket", args=[ticket.pk])).text


def test_a_message_whose_webhook_was_lost_comes_by_reading(store: Store, fake: FakeTikTokShop) -> None:
    told_of(store)
    fake.world.write("7", by=By.BUYER, text="Hallo?")

    take_in(LATER)

    assert Message.objects.filter(text="Hallo?").exists()


def test_what_is_forged_or_about_another_shop_is_not_kept(store: Store, fake: FakeTikTokShop) -> None:
    assert post(hook(fake, secret="guessed")).status_code == 401
    assert post(hook(fake, shop="1")).status_code == 200
    assert not StoredPayload.objects.exists()


def test_an_order_that_a_webhook_names_is_read(store: Store) -> None:
    changed = signed(
        12, {"order_id": NUMBER, "return_id": "1"}, shop=SHOP_ID, at=1_796_000_000, key=APP_KEY, secret=APP_SECRET
    )
    assert post(changed).status_code == 200
    parse_kept(AT)
    take_in(LATER)
    assert StoredPayload.objects.filter(store=store, about="RETURN_STATUS_CHANGE", state="filed").exists()


def test_a_robots_answer_does_not_stop_our_clock_and_a_persons_does(store: Store, fake: FakeTikTokShop) -> None:
    fake.by_robot.add(fake.world.write("7", by=By.SELLER, text="I am the assistant.").id)
    told_of(store)
    assert owed() == [True]

    fake.world.write("7", by=By.SELLER, text="It comes on Monday.")
    take_in(LATER)
    assert owed() == []


def test_an_answer_leaves_once_and_is_not_told_back_as_another(store: Store, fake: FakeTikTokShop) -> None:
    told_of(store)
    reply = answer(
        Ticket.objects.get().pk,
        conversation_id=Conversation.objects.get(role="buyer").pk,
        text="Es kommt am Montag.",
        answers_up_to=Message.objects.filter(direction="in").latest("pk").pk,
        by=Actor.agent(an_agent(store.default_team).pk),
        at=AT + 11 * MINUTE,
    )
    send_due(AT + 12 * MINUTE)
    take_in(LATER)

    reply.delivery.refresh_from_db()
    assert reply.delivery.state == DeliveryState.ACCEPTED
    assert Message.objects.filter(direction="out").count() == 1
    assert [letter.text for letter in fake.world.talks["7"].letters if letter.by is By.SELLER] == [
        "Es kommt am Montag."
    ]
    assert owed() == []


def test_without_customer_service_there_are_orders_and_the_feed_says_what_is_missing(
    store: Store, fake: FakeTikTokShop
) -> None:
    fake.denied = ("/customer_service/",)

    told_of(store)

    lacking = StoreFeed.objects.filter(store=store, lacks=True).values_list("key", "trouble")
    assert {key for key, _why in lacking} == {"messages", "chats"}
    assert all("Seller Center" in why for _key, why in lacking)
    assert StoreConnection.objects.get(store=store).health == "good"
    assert StoredPayload.objects.filter(store=store, about="orders").exists()


def test_two_chats_of_a_buyer_are_his(store: Store, fake: FakeTikTokShop) -> None:
    letter = Letter(id="m9", by=By.BUYER, text="Und die Rechnung?", at=AT)
    fake.world.fill(talks=[Talk(id="8", buyer=IDA, topic="", letters=[letter])])
    told_of(store)
    buyers = Message.objects.filter(direction="in", text__startswith="U").values_list("identity__key", flat=True)
    assert set(buyers) == set(Message.objects.filter(text__startswith="Wo").values_list("identity__key", flat=True))
