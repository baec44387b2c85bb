"""Requests go to the store's own region, and what is forbidden wants a role."""

import pytest

from tests.channels.amazon.interface.stores import answer, store
from tresen.channels.amazon.interface.order_reading import GET
from tresen.channels.amazon.interface.places import ENDPOINTS, asked, read
from tresen.channels.amazon.knowledge import marketplaces
from tresen.channels.feeds import Stopped


def test_every_marketplace_is_asked_in_its_region() -> None:
    for marketplace in marketplaces():
        access = store(settings={})
        access.marketplace = marketplace.host
        assert asked(access, "/x", GET).address == f"{ENDPOINTS[marketplace.region]}/x"
    assert {one.region for one in marketplaces()} == set(ENDPOINTS)


def test_another_address_is_asked_where_one_was_entered() -> None:
    assert asked(store(settings={"address": "https://sandbox.example/ "}), "/x", GET).address == (
        "https://sandbox.example/x"
    )


def test_a_marketplace_that_amazon_does_not_have_is_an_error() -> None:
    access = store(settings={})
    access.marketplace = "amazon.example"

    with pytest.raises(LookupError):
        asked(access, "/x", GET)


@pytest.mark.parametrize(("status", "reconnect"), [(401, True), (403, False)])
def test_a_missing_role_asks_nobody_to_sign_in_again(status: int, *, reconnect: bool) -> None:
    stopped = read(answer(status, b"Access to requested resource is denied."))

    assert isinstance(stopped, Stopped)
    assert stopped.reconnect is reconnect
    assert "denied" in stopped.reason
