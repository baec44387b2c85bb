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
