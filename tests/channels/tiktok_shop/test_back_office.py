"""The way to an order in Seller Center, where its host is known."""

import pytest

from tresen.channels.back_offices import Seat
from tresen.channels.order_door import OrderRef
from tresen.channels.tiktok_shop.back_office import BACK_OFFICE


@pytest.mark.parametrize(
    ("marketplace", "number", "address"),
    [
        ("tiktok.com/us", "576", "https://seller-us.tiktok.com/order/detail?order_no=576"),
        ("tiktok.com/th", "5 6", "https://seller-th.tiktok.com/order/detail?order_no=5%206"),
        ("tiktok.com/us", "", "https://seller-us.tiktok.com/order"),
        ("tiktok.com/gb", "576", ""),
    ],
)
def test_an_order_is_found_at_the_host_of_its_country(marketplace: str, number: str, address: str) -> None:
    assert BACK_OFFICE.address(OrderRef(number=number), Seat(marketplace=marketplace, entered={})) == address
