"""Which conversations can be begun is Amazon's word."""

from datetime import timedelta

import pytest

from tests.channels.amazon.interface.stores import account, answer, sale, store
from tests.channels.specifications.documents import document, needs_specifications, samples
from tresen.channels.amazon.interface.openings import OPENINGS, REVIEW, allowed
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpOutcome, Unanswered
from tresen.channels.order_door import OrderRef

ORDER = OrderRef(number="303-1000001-2000001")


def test_amazon_says_what_it_takes_now() -> None:
    fake = account(sale())
    fake.messaging.withheld = {"confirmServiceDetails", "digitalAccessKey"}

    found = allowed(ORDER, store(fake))

    assert found == [
        *("confirmOrderDetails", "confirmDeliveryDetails", "confirmCustomizationDetails", "unexpectedProblem"),
        REVIEW,
    ]


def test_without_the_role_for_requests_messages_can_still_be_sent() -> None:
    fake = account(sale())
    fake.denied = frozenset({"getSolicitationActionsForOrder"})

    found = allowed(ORDER, store(fake))

    assert found
    assert REVIEW not in found


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(404), False),
        (answer(500), False),
        (answer(200, b"{}"), False),
        (HeldBack(after=timedelta(seconds=5), reason="429"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_where_amazon_does_not_say_it_is_said_why(outcome: HttpOutcome, *, reconnect: bool) -> None:
    found = allowed(ORDER, store(answers=[outcome]))

    assert isinstance(found, Stopped)
    assert found.reconnect is reconnect


@needs_specifications
def test_amazons_own_sample_offers_one_of_ours() -> None:
    (sample,) = (path for path in samples("amazon/samples") if path.stem == "messaging-getMessagingActionsForOrder")

    found = allowed(ORDER, store(answers=[answer(200, sample.read_bytes()), answer(403)]))

    assert found == ["unexpectedProblem"]


@needs_specifications
def test_texts_are_as_long_as_the_model_says_and_none_wants_a_file() -> None:
    model = document("amazon/models/messaging.json")
    for opening in OPENINGS:
        if not opening.fixed:
            path = f"/messaging/v1/orders/{{amazonOrderId}}/messages/{opening.key}"
            (body,) = (one for one in model["paths"][path]["post"]["parameters"] if one["in"] == "body")
            said = model["definitions"][body["schema"]["$ref"].rsplit("/", 1)[-1]]
            assert said["properties"]["text"]["maxLength"] == opening.most
            assert "attachments" not in said.get("required", ())
