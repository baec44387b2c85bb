from datetime import timedelta

import pytest

from tests.factories.cases import ORDER, a_case_notice
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import NoticeKind
from tresen.tickets.events import Key
from tresen.tickets.models import Ticket
from tresen.tickets.risking import set_risk

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def risk() -> tuple[int, str]:
    ticket = Ticket.objects.get()
    return ticket.risk_tier, ticket.risk_reason


def test_a_claim_raises_the_ticket_of_its_order_for_as_long_as_it_is_open() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    set_risk(Ticket.objects.get().pk, tier=1, reason=Key("vip_escalation"), by=SYSTEM, at=MONDAY)
    filed(store, a_case_notice(at=MONDAY + HOUR))
    assert risk() == (0, "claim_filed")
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + 2 * HOUR))
    assert risk() == (1, "vip_escalation")


def test_a_second_claim_keeps_the_tier_when_the_first_is_over() -> None:
    store = a_store()
    filed(store, a_case_notice(), a_case_notice(NoticeKind.CHARGEBACK_OPENED, at=MONDAY + HOUR))
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + 2 * HOUR))
    assert risk() == (0, "claim_filed")


def test_a_return_request_raises_nothing() -> None:
    filed(a_store(), a_case_notice(NoticeKind.RETURN_REQUESTED))
    assert risk() == (2, "")


INJURED = "Meine Tochter hat sich an der scharfen Kante verletzt, die Wunde blutet."


def test_what_a_buyer_writes_during_a_claim_counts_when_it_is_over() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_case_notice(at=MONDAY + HOUR))
    filed(store, a_message(orders=(ORDER,), at=MONDAY + 2 * HOUR, text=INJURED))
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + 3 * HOUR))
    assert risk() == (0, "injury")


def test_a_threat_with_a_claim_is_over_with_the_claim() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)))
    filed(store, a_case_notice(at=MONDAY + HOUR))
    filed(store, a_message(orders=(ORDER,), at=MONDAY + 2 * HOUR, text="Ich stelle einen A-bis-z-Antrag."))
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + 3 * HOUR))
    assert risk() == (2, "calmed")


def test_a_buyers_word_that_he_filed_stands_until_a_claim_is_closed() -> None:
    """A return request that comes and goes says nothing of it."""
    store = a_store()
    filed(store, a_message(orders=(ORDER,), text="Ich habe heute einen A-bis-z-Antrag gestellt."))
    filed(store, a_case_notice(NoticeKind.RETURN_REQUESTED, at=MONDAY + HOUR))
    filed(store, a_case_notice(NoticeKind.RETURN_AUTHORISED, at=MONDAY + 2 * HOUR))
    assert risk() == (0, "claim_filed")
    filed(store, a_case_notice(at=MONDAY + 3 * HOUR))
    assert risk() == (0, "claim_filed")
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + 4 * HOUR))
    assert risk() == (2, "calmed")
