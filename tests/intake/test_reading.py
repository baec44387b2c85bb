"""What comes back from the reader's own process is what a connector may give."""

import json
from typing import get_args

from tests.channels.payloads import RECEIVED, RECORDED
from tresen.channels.contract import Inbound, Source, StoreView, Unreadable
from tresen.channels.order_news import OrderSnapshot
from tresen.intake.reading import ANSWERS, Circumstances, Reading, read

SHOP = StoreView(id=1, channel="shopify", marketplace="shopify")


def test_every_meaning_gets_through() -> None:
    assert set(ANSWERS) - {Reading} == set(get_args(Inbound))


def a_webhook(quantity: int) -> bytes:
    order = {
        "id": 821001,
        "name": "#1001",
        "created_at": "2026-11-20T09:00:00Z",
        "updated_at": "2026-11-20T09:00:00Z",
        "currency": "EUR",
        "total_price": "49.90",
        "line_items": [{"id": 1, "title": "Lamp", "price": "49.90", "quantity": quantity}],
    }
    return json.dumps(order).encode()


def meant(body: bytes) -> Inbound:
    about = Circumstances(
        number=1,
        source=Source.WEBHOOK,
        received_at=RECEIVED,
        recorded_at=RECORDED,
        stores=(SHOP,),
        about="orders/updated",
    )
    (_reading, meaning) = read(body, about)
    assert not isinstance(meaning, Reading)
    return meaning


def test_an_order_whose_figures_cannot_be_meant_is_set_aside_with_the_figure() -> None:
    assert isinstance(meant(a_webhook(2)), OrderSnapshot)

    assert meant(a_webhook(10**12)) == Unreadable(reason="beyond_measure", excerpt="#1001: quantity is 1000000000000")
