from datetime import datetime, timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import DeliveryNotice, Later, Refused, SendResult, Sent, Uncertain
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.receipts import PROVISIONAL_FOR, RETURNS_WITHIN, Failed, confirm, take_back
from tresen.outbox.sending import _claim
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
SENT_AT = LATER + timedelta(seconds=10)
ORDER = "302-1234567-1234567"


def attempted(result: SendResult, *, delivery: Delivery | None = None, at: datetime = SENT_AT) -> Delivery:
    """A delivery after one attempt that came to this result."""
    delivery = delivery or answered(a_ticket(orders=(ORDER,)), at=LATER)
    claimed = _claim(at)
    assert claimed is not None
    confirm(claimed.pk, result, attempt=claimed.attempts, at=at + timedelta(seconds=1))
    delivery.refresh_from_db()
    return delivery


def accepted(**changes: object) -> Sent:
    return Sent(external_id="4Tq0001xz", at=SENT_AT, answer="250 Ok: queued", provisional=True)


def events(delivery: Delivery, kind: str) -> list[TicketEvent]:
    return list(TicketEvent.objects.filter(ticket=delivery.message.ticket_id, kind=kind).order_by("sequence"))


def outcomes(delivery: Delivery) -> set[str]:
    return set(
        Clock.objects.filter(ticket=delivery.message.ticket_id, kind="platform").values_list("outcome", flat=True)
    )


def failed(delivery: Delivery, **changes: object) -> Failed:
    facts: dict[str, object] = {
        "store": delivery.store_id,
        "message_id": "",
        "recipient": delivery.recipient,
        "orders": (),
        "reason": "550 no such user",
        "occurred_at": SENT_AT + timedelta(minutes=5),
    }
    return Failed(**{**facts, **changes})  # type: ignore[arg-type]


def test_acceptance_counts_at_the_platforms_time_and_only_then() -> None:
    waiting = answered(a_ticket(), at=LATER)
    assert outcomes(waiting) == {"running"}
    delivery = attempted(accepted(), delivery=waiting)
    assert (delivery.state, delivery.accepted_at, delivery.external_id) == ("accepted", SENT_AT, "4Tq0001xz")
    (event,) = events(delivery, "reply_accepted")
    assert event.occurred_at == SENT_AT
    assert event.facts["provisional_until"].startswith("2026-11-19T10:00:10")
    assert outcomes(delivery) == {"met_provisional"}


def test_a_passing_trouble_is_tried_again_after_a_pause() -> None:
    delivery = attempted(Later(after=timedelta(seconds=1), reason="451 later"))
    assert (delivery.state, delivery.answer) == ("queued", "451 later")
    assert delivery.next_attempt_at is not None
    assert delivery.next_attempt_at > SENT_AT + timedelta(seconds=20)
    assert DeliveryAttempt.objects.get().outcome == "later"
    assert outcomes(delivery) == {"running"}


def test_an_allowance_that_is_free_in_a_minute_is_waited_for_a_minute_however_often() -> None:
    at = SENT_AT
    delivery = attempted(Later(after=timedelta(minutes=1), reason="used up", held=True))
    for _turn in range(6):
        assert delivery.next_attempt_at is not None
        assert timedelta(minutes=1) <= delivery.next_attempt_at - at < timedelta(minutes=2)
        at = delivery.next_attempt_at
        delivery = attempted(Later(after=timedelta(minutes=1), reason="used up", held=True), delivery=delivery, at=at)
    assert delivery.attempts == 7


def test_after_five_days_of_trouble_a_person_must_act() -> None:
    delivery = attempted(Later(after=timedelta(0), reason="451 later"), at=SENT_AT + timedelta(days=5))
    assert delivery.state == "refused"
    assert events(delivery, "reply_refused")


def test_a_refusal_leaves_the_clocks_running() -> None:
    delivery = attempted(Refused(reason="550 unknown"))
    assert (delivery.state, delivery.answer) == ("refused", "550 unknown")
    assert events(delivery, "reply_refused")
    assert outcomes(delivery) == {"running"}


def test_an_unknown_outcome_is_uncertain_and_is_never_tried_again() -> None:
    delivery = attempted(Uncertain(reason="no answer"))
    assert delivery.state == DeliveryState.UNCERTAIN
    assert events(delivery, "reply_uncertain")
    assert _claim(SENT_AT + timedelta(days=30)) is None


def test_a_late_answer_settles_what_had_been_given_up() -> None:
    delivery = attempted(Uncertain(reason="silent"))
    confirm(delivery.pk, accepted(), attempt=1, at=SENT_AT + timedelta(minutes=9))
    delivery.refresh_from_db()
    assert delivery.state == "accepted"


def test_the_same_receipt_twice_is_recorded_once() -> None:
    delivery = attempted(accepted())
    confirm(delivery.pk, Refused(reason="550"), attempt=1, at=SENT_AT)
    delivery.refresh_from_db()
    assert delivery.state == "accepted"
    assert len(events(delivery, "reply_accepted")) == 1


def test_a_bounce_that_names_our_message_takes_it_back() -> None:
    delivery = attempted(accepted())
    assert take_back([failed(delivery, message_id=f"<{delivery.idempotency_key}>", recipient="")], at=SENT_AT) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == ("bounced", "550 no such user")
    assert outcomes(delivery) == {"running"}


def test_a_bounce_is_never_older_than_the_acceptance_it_takes_back() -> None:
    delivery = attempted(accepted())
    stamped = SENT_AT.replace(microsecond=0) - timedelta(seconds=1)
    take_back([failed(delivery, message_id=delivery.idempotency_key, occurred_at=stamped)], at=SENT_AT)
    assert events(delivery, "reply_bounced")[0].occurred_at == SENT_AT
    assert outcomes(delivery) == {"running"}


def test_without_an_id_the_newest_reply_to_the_address_came_back() -> None:
    delivery = attempted(accepted())
    alias = delivery.recipient.replace("@", "+4711-case@").upper()
    assert take_back([failed(delivery, recipient=alias)], at=SENT_AT) == 1
    delivery.refresh_from_db()
    assert delivery.state == "bounced"


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": "somebody.else@mail.example"},
        {"orders": ("302-7654321-7654321",)},
        {"occurred_at": SENT_AT + RETURNS_WITHIN + timedelta(hours=1)},
        {"recipient": ""},
    ],
)
def test_a_bounce_about_something_else_takes_nothing_back(changes: dict[str, object]) -> None:
    delivery = attempted(accepted())
    assert take_back([failed(delivery, **changes)], at=SENT_AT) == 0
    delivery.refresh_from_db()
    assert delivery.state == "accepted"


def test_a_bounce_at_another_store_of_the_same_mailbox_is_found_and_at_a_stranger_not() -> None:
    delivery = attempted(accepted())
    stranger = a_store()
    assert take_back([failed(delivery, store=stranger.pk)], at=SENT_AT) == 0
    share_a_mailbox(delivery.store, stranger)
    assert take_back([failed(delivery, store=stranger.pk)], at=SENT_AT) == 1


def test_an_order_alone_finds_the_reply() -> None:
    delivery = attempted(accepted())
    assert take_back([failed(delivery, recipient="", orders=(ORDER,))], at=SENT_AT) == 1


@pytest.mark.parametrize("named", [True, False])
def test_a_bounce_after_three_days_shows_but_the_clock_stays_met(*, named: bool) -> None:
    delivery = attempted(accepted())
    late = SENT_AT + PROVISIONAL_FOR + timedelta(hours=1)
    message_id = delivery.idempotency_key if named else ""
    assert take_back([failed(delivery, message_id=message_id, occurred_at=late)], at=late) == 1
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert outcomes(delivery) == {"met"}


def test_a_bounce_of_an_earlier_attempt_does_not_take_back_the_newer_one() -> None:
    delivery = attempted(accepted())
    early = SENT_AT - timedelta(hours=1)
    assert take_back([failed(delivery, message_id=delivery.idempotency_key, occurred_at=early)], at=SENT_AT) == 0


def test_a_bounce_of_something_uncertain_settles_it() -> None:
    delivery = attempted(Uncertain(reason="silent"))
    assert take_back([failed(delivery, message_id=delivery.idempotency_key)], at=SENT_AT) == 1


def test_a_bounce_that_is_filed_takes_the_answer_back() -> None:
    delivery = attempted(accepted())
    notice = DeliveryNotice(
        external_id="bounce@mx.example",
        occurred_at=SENT_AT + timedelta(minutes=1),
        message_id=delivery.idempotency_key,
        recipient=delivery.recipient,
        permanent=True,
        reason="550 5.1.1 unknown",
    )
    filed(delivery.store, notice)
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert outcomes(delivery) == {"running"}


def share_a_mailbox(*stores: Store) -> None:
    a_mailbox(*stores)
