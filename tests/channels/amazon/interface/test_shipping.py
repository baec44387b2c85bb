"""Whether Amazon shows that goods have left."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.amazon.interface.stores import account, answer, sale, store
from tests.channels.amazon.interface.test_sending import NUMBER, WANTED
from tresen.channels.amazon.interface.sending import mark_shipped
from tresen.channels.amazon.interface.shipping import look, reference
from tresen.channels.contract import Refused
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpOutcome, Unanswered
from tresen.channels.order_door import Done, NotDone


@pytest.mark.parametrize("changes", [{"tracking": " "}, {"carrier": ""}, {"lines": ()}])
def test_what_amazon_would_not_take_is_not_told(changes: dict[str, object]) -> None:
    access = store(account(sale()))

    assert isinstance(mark_shipped(replace(WANTED, **changes), access), Refused)  # type: ignore[arg-type]
    assert access.way.asked == []


def test_what_amazon_ships_itself_is_refused() -> None:
    assert isinstance(mark_shipped(WANTED, store(account(sale(by_platform=True)))), Refused)


def test_a_package_keeps_its_number_however_often_it_is_told() -> None:
    fake = account(sale())
    for _ in range(2):
        assert mark_shipped(WANTED, store(fake)) == Done(external_id=reference("k1"))

    assert len(fake.world.sale(NUMBER).parcels) == 1
    assert reference("k1") == reference("k1") != reference("k2")
    assert reference("k1").isdecimal()
    assert int(reference("k1")) > 0


def test_before_anything_was_told_nothing_is_shown() -> None:
    assert look(WANTED, store(account(sale()))) == NotDone()
    assert look(WANTED, store(account())) == NotDone()


def test_a_package_is_known_by_its_tracking_number_too() -> None:
    fake = account(sale())
    parcel = fake.world.ship(NUMBER, carrier="DHL", tracking=WANTED.tracking)

    assert look(WANTED, store(fake)) == Done(external_id=parcel.id)


@pytest.mark.parametrize(
    "outcome",
    [
        answer(401),
        answer(500),
        answer(200, b"?"),
        answer(200, json.dumps({"order": {"orderId": 5}}).encode()),
        HeldBack(after=timedelta(seconds=5), reason="429"),
        Unanswered(reason="silence"),
    ],
)
def test_where_the_order_is_not_read_nobody_says_that_it_was_not_done(outcome: HttpOutcome) -> None:
    assert isinstance(look(WANTED, store(answers=[outcome])), Stopped)
