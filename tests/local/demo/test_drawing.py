"""The demo's products have pictures, and nobody is asked for them."""

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.local.demo.drawing import address_of, draw
from tresen.orders.models import Picture, PictureState
from tresen.orders.picturing import fetch_pictures, kept

pytestmark = pytest.mark.django_db


def test_each_product_of_a_store_is_drawn_once_and_never_fetched() -> None:
    store = a_store()
    for _ in range(2):
        draw([(store.pk, "TL-1"), (store.pk, "TL-2"), (store.pk, "TL-1")], at=MONDAY)

    assert Picture.objects.filter(state=PictureState.KEPT).count() == 2
    assert kept({(store.pk, address_of("TL-1"))})[store.pk, address_of("TL-1")] is not None
    assert fetch_pictures(MONDAY) == 0
