"""A platform tells of an order: kept at once, understood by the worker, beside its ticket in the end."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import IdentityKind
from tresen.intake.models import Erasure, PayloadState, StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.orders.models import Order
from tresen.stores.adding import retire_store
from tresen.stores.models import Store
from tresen.stores.telling import keep_signing_secret
from tresen.tickets.models import Message, TicketOrder

pytestmark = pytest.mark.django_db

SECRET = "invented-secret"
PAYLOADS = Path(__file__).parents[2] / "channels/shopify/payloads/webhook"
BODY = (PAYLOADS / "orders/updated/part_refunded.json").read_bytes()


@pytest.fixture
def shop() -> Store:
    store = a_store("shopify", "")
    keep_signing_secret(store.pk, SECRET, by=SYSTEM, at=MONDAY)
    return store


def post(store: Store, body: bytes = BODY, *, secret: str = SECRET, event: str = "e1", **more: str) -> HttpResponse:
    signature = b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
    headers = {"X-Shopify-Hmac-Sha256": signature, "X-Shopify-Topic": "orders/updated", "X-Shopify-Event-Id": event}
    return Client().post(f"/hooks/{store.pk}/", body, content_type="application/json", headers={**headers, **more})  # type: ignore[return-value]


def test_an_order_stands_beside_the_ticket_that_named_it(shop: Store) -> None:
    filed(shop, a_message(orders=("#1042",), sender="ida@mail.example", kind=IdentityKind.EMAIL))

    assert post(shop).status_code == 200
    assert not Order.objects.exists()
    parse_kept(MONDAY)

    order = Order.objects.get()
    assert (order.number, order.store, order.total) == ("#1042", shop, 15470)
    assert TicketOrder.objects.get().order == order
    assert order.identity == TicketOrder.objects.get().ticket.identity
    assert StoredPayload.objects.get().state == PayloadState.FILED


def test_what_is_told_twice_is_kept_once(shop: Store) -> None:
    assert [post(shop).status_code for _ in range(2)] == [200, 200]

    assert StoredPayload.objects.count() == 1


def test_another_event_about_the_same_order_is_kept_too(shop: Store) -> None:
    post(shop)
    post(shop, event="e2")

    assert StoredPayload.objects.count() == 2


def test_the_bytes_are_kept_as_they_came(shop: Store) -> None:
    body = b'{ "id" :  1 }'
    post(shop, body)

    payload = StoredPayload.objects.get()
    assert (payload.size, payload.about, payload.source) == (len(body), "orders/updated", "webhook")


def test_nothing_is_kept_of_what_somebody_else_signed(shop: Store) -> None:
    assert post(shop, secret="guessed").status_code == 401

    assert not StoredPayload.objects.exists()
    shop.refresh_from_db()
    assert shop.refused_at is not None
    assert shop.told_at is None


def test_a_store_without_a_secret_takes_nothing() -> None:
    store = a_store("shopify", "")

    assert post(store).status_code == 401
    assert post(store, secret="").status_code == 401
    assert not StoredPayload.objects.exists()


def test_nothing_is_expected_where_no_store_tells(shop: Store) -> None:
    amazon = a_store("amazon")
    retire_store(shop.pk, by=SYSTEM, at=MONDAY)

    assert post(amazon).status_code == 404
    assert post(shop).status_code == 404
    assert Client().post("/hooks/987654/", b"{}", content_type="application/json").status_code == 404


def test_the_secret_of_one_store_opens_no_other(shop: Store) -> None:
    other = a_store("shopify", "")
    keep_signing_secret(other.pk, "another-secret", by=SYSTEM, at=MONDAY)

    assert post(other).status_code == 401


def test_to_look_at_the_address_shows_nothing(shop: Store) -> None:
    assert Client().get(f"/hooks/{shop.pk}/").status_code == 404
    assert Client().put(f"/hooks/{shop.pk}/").status_code == 405


def test_more_than_anybody_has_to_tell_is_not_read(shop: Store, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert post(shop, b"x" * 1001).status_code == 413
    assert not StoredPayload.objects.exists()


def test_what_is_not_as_documented_is_set_aside_and_opens_no_ticket(shop: Store) -> None:
    post(shop, json.dumps({"id": "?"}).encode())

    parse_kept(MONDAY)

    payload = StoredPayload.objects.get()
    assert payload.state == PayloadState.QUARANTINED
    assert payload.problem.startswith("not_as_documented")
    assert not TicketOrder.objects.exists()


def test_a_request_to_forget_a_buyer_is_carried_out(shop: Store) -> None:
    filed(shop, a_message(sender="ida@mail.example", kind=IdentityKind.EMAIL, text="Wo ist es?"))
    body = (PAYLOADS / "customers/redact/asked.json").read_bytes()

    answer = post(shop, body, **{"X-Shopify-Topic": "customers/redact"})
    parse_kept(MONDAY)

    assert answer.status_code == 200
    assert Erasure.objects.get().carried_out_at is not None
    assert not Message.objects.filter(text="Wo ist es?").exists()
