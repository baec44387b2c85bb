"""A first message, and word that goods have left, are sent once; nobody guesses what became of them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.amazon.interface.stores import account, answer, sale, store
from tests.channels.outgoing import reply
from tresen.channels.amazon import CONNECTOR
from tresen.channels.amazon.interface.openings import OPENINGS, REVIEW
from tresen.channels.amazon.interface.sending import ACTIONS, START, begin, mark_shipped
from tresen.channels.amazon.interface.shipping import reference
from tresen.channels.contract import Later, Refused, Sent, Uncertain
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered, Unreached
from tresen.channels.order_door import ActionLine, ActionWanted, Done, OrderAction, OrderRef
from tresen.channels.starting import Opening
from tresen.fakes.sales import By

NUMBER = "303-1000001-2000001"
ORDER = OrderRef(number=NUMBER)
BY_KEY = {opening.key: opening for opening in OPENINGS}
LINE = ActionLine(external_id=f"9{NUMBER[-7:]}", quantity=2)
WANTED = ActionWanted(
    key="k1", order=ORDER, currency="EUR", lines=(LINE,), carrier="DHL", tracking="00340434161094000001"
)
OUTCOMES = [
    (answer(400, b'{"errors": []}'), Refused),
    (answer(403, b'{"errors": []}'), Refused),
    (answer(401), Later),
    (answer(503), Later),
    (answer(500), Uncertain),
    (HeldBack(after=timedelta(seconds=5), reason="429"), Later),
    (Unreached(reason="no way"), Later),
    (Unanswered(reason="silence"), Uncertain),
]


@pytest.mark.parametrize("kind", OPENINGS, ids=lambda one: one.key)
def test_every_kind_reaches_the_buyer_once(kind: Opening) -> None:
    fake = account(sale())

    first, second = (START.send(kind, ORDER, reply("x", text="May we ship it today?"), store(fake)) for _ in range(2))

    assert isinstance(first, Sent)
    assert first.external_id
    assert isinstance(second, Refused)
    assert [(number, sent) for number, sent, _ in fake.messaging.sent] == [(NUMBER, kind.key)]
    (talk,) = fake.world.talks.values()
    assert [(letter.by, letter.text) for letter in talk.letters] == [
        (By.SELLER, "Amazon asks for a review and for feedback." if kind.fixed else "May we ship it today?")
    ]


def test_a_message_was_sent_when_amazon_says() -> None:
    said = HttpResponse(
        status=201, headers={"date": "Fri, 20 Nov 2026 18:00:00 GMT", "x-amzn-requestid": "r1"}, body=b"{}"
    )

    sent = begin(BY_KEY["confirmOrderDetails"], ORDER, reply("x", text="Hello"), store(answers=[said]))

    assert sent == Sent(external_id="r1", at=datetime(2026, 11, 20, 18, tzinfo=UTC), answer="201 confirmOrderDetails")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "Write to me@shop.example, please."])
def test_a_text_that_amazon_would_not_take_is_not_sent(text: str) -> None:
    access = store(account(sale()))

    assert isinstance(begin(BY_KEY["confirmOrderDetails"], ORDER, reply("x", text=text), access), Refused)
    assert access.way.asked == []


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES)
@pytest.mark.parametrize("key", ["confirmOrderDetails", REVIEW])
def test_what_became_of_a_first_message(key: str, outcome: HttpOutcome, expected: type) -> None:
    access = store(answers=[outcome])

    assert isinstance(begin(BY_KEY[key], ORDER, reply("x", text="Hello"), access), expected)
    assert len(access.way.asked) == 1


def test_goods_that_have_left_are_told_and_found_again() -> None:
    fake = account(sale())
    access = store(fake)
    offer = ACTIONS[OrderAction.MARK_SHIPPED]

    done = offer.perform(WANTED, access)

    assert done == Done(external_id=reference("k1"))
    (parcel,) = fake.world.sale(NUMBER).parcels
    assert (parcel.carrier, parcel.tracking) == ("DHL", WANTED.tracking)
    assert offer.look(WANTED, access) == done
    assert CONNECTOR.actions is ACTIONS


@pytest.mark.parametrize(
    ("carrier", "code"),
    [("dhl", {"carrierCode": "DHL"}), ("Radkurier", {"carrierCode": "Other", "carrierName": "Radkurier"})],
)
def test_a_carrier_without_a_code_goes_by_its_name(carrier: str, code: dict[str, str]) -> None:
    access = store(account(sale()))
    mark_shipped(replace(WANTED, carrier=carrier), access)

    package = json.loads(access.way.asked[-1].body)["packageDetail"]
    assert {name: package[name] for name in package if name.startswith("carrier")} == code


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES)
def test_what_became_of_word_that_goods_have_left(outcome: HttpOutcome, expected: type) -> None:
    access = store(answers=[outcome])

    assert isinstance(mark_shipped(WANTED, access), expected)
    assert len(access.way.asked) == 1
