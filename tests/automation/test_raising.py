from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.mail.parsed import Automatic
from tresen.routing.models import QueuePlace
from tresen.tickets import ledger
from tresen.tickets.events import Key, RiskSet
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk

pytestmark = pytest.mark.django_db
THREAT = "Wenn ich heute nichts höre, stelle ich einen A-bis-z-Antrag."
QUESTION = "Wo bleibt mein Paket?"
THANKS = "Vielen Dank, alles gut!"


def _later(hours: int):
    return MONDAY + timedelta(hours=hours)


def _risk(ticket: int) -> tuple[int, str]:
    row = Ticket.objects.get(pk=ticket)
    return row.risk_tier, row.risk_reason


def _written(store, *texts: str) -> int:
    filings = [
        filing
        for hours, text in enumerate(texts)
        for filing in filed(store, a_message(at=_later(hours), text=text, orders=("302-1234567-1234567",)))
    ]
    assert len({filing.ticket.id for filing in filings}) == 1
    return filings[0].ticket.id


def test_a_threat_raises_the_ticket_as_it_comes_in():
    (filing,) = filed(a_store(), a_message(text=THREAT))
    assert _risk(filing.ticket.id) == (0, "a_to_z_threat")
    event = next(
        entry for entry in ledger.history_of([filing.ticket.id])[filing.ticket.id] if isinstance(entry.event, RiskSet)
    )
    assert event.event == RiskSet(tier=0, reason=Key("a_to_z_threat"), message=filing.message)
    assert (event.by, event.occurred_at) == (SYSTEM, MONDAY)


def test_a_threat_in_a_later_message_raises_the_ticket():
    assert _risk(_written(a_store(), QUESTION, THREAT)) == (0, "a_to_z_threat")


def test_an_ordinary_question_changes_nothing():
    assert _risk(_written(a_store(), QUESTION)) == (2, "")


def test_thanks_never_calm_a_raised_ticket():
    assert _risk(_written(a_store(), THREAT, THANKS)) == (0, "a_to_z_threat")


def test_thanks_as_the_first_message_lower_it():
    assert _risk(_written(a_store(), THANKS)) == (3, "thanks")


def test_thanks_after_a_question_leave_the_question_as_urgent_as_it_was():
    assert _risk(_written(a_store(), QUESTION, THANKS)) == (2, "")


def test_a_question_after_thanks_is_an_ordinary_ticket_again():
    assert _risk(_written(a_store(), THANKS, QUESTION)) == (2, "")


def test_the_same_threat_again_is_not_recorded_again():
    ticket = _written(a_store(), THREAT, THREAT + " Wirklich!")
    assert sum(isinstance(entry.event, RiskSet) for entry in ledger.history_of([ticket])[ticket]) == 1


def test_several_messages_in_one_batch_are_judged_in_their_order():
    store = a_store()
    orders = ("302-1234567-1234567",)
    filings = filed(
        store,
        a_message(text="Ich schreibe zum dritten Mal!", orders=orders),
        a_message(text=THREAT, orders=orders, at=_later(1)),
        a_message(text=QUESTION, orders=orders, at=_later(2)),
    )
    (ticket,) = {filing.ticket.id for filing in filings}
    raised = [entry.event for entry in ledger.history_of([ticket])[ticket] if isinstance(entry.event, RiskSet)]
    assert [(event.tier, event.reason) for event in raised] == [(1, "third_contact"), (0, "a_to_z_threat")]


def test_an_automatic_reply_that_quotes_a_threat_raises_nothing():
    (filing,) = filed(a_store(), a_message(text=THREAT, automatic=Automatic.AUTO_REPLY))
    assert _risk(filing.ticket.id) == (2, "")


def test_a_tier_set_by_hand_is_raised_again_only_by_new_words():
    store = a_store()
    ticket = _written(store, THREAT)
    set_risk(ticket, tier=2, reason=Key("by_hand"), by=Actor.agent(an_agent().pk), at=_later(1))
    filed(store, a_message(text=QUESTION, orders=("302-1234567-1234567",), at=_later(2)))
    assert _risk(ticket) == (2, "by_hand")
    filed(store, a_message(text=THREAT + " Jetzt.", orders=("302-1234567-1234567",), at=_later(3)))
    assert _risk(ticket) == (0, "a_to_z_threat")


def test_reading_a_batch_costs_the_same_however_large(django_assert_max_num_queries):
    store = a_store()
    filed(store, a_message(text=QUESTION, sender="first@marketplace.amazon.de"))
    with django_assert_max_num_queries(60):
        filed(store, *(a_message(text=THREAT, sender=f"b{number}@marketplace.amazon.de") for number in range(40)))


def test_a_threat_that_comes_in_late_raises_the_ticket_in_the_queue_though_somebody_calmed_it_meanwhile():
    store = a_store()
    ticket = _written(store, QUESTION, THREAT)
    set_risk(ticket, tier=2, reason=Key("by_hand"), by=Actor.agent(an_agent().pk), at=_later(3))
    assert QueuePlace.objects.get().queue_tier == 2
    late = a_message(at=_later(2), text="Ich schalte meinen Anwalt ein.", orders=("302-1234567-1234567",))
    filed(store, late, at=_later(4))
    assert _risk(ticket)[0] == 0
    assert QueuePlace.objects.get().queue_tier == 0
