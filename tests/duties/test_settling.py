from datetime import timedelta

import pytest

from tests.factories.cases import ORDER, a_case_notice
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.channels.contract import NoticeKind
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_ticket_that_only_a_case_opened_is_solved_when_the_platform_has_decided() -> None:
    store = a_store()
    filed(store, a_case_notice())
    assert Ticket.objects.get().status == "open"
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + DAY))
    assert Ticket.objects.get().status == "solved"


def test_one_in_which_the_buyer_wrote_stays_open() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)), a_case_notice(at=MONDAY + timedelta(hours=1)))
    filed(store, a_case_notice(NoticeKind.A_TO_Z_DECIDED, at=MONDAY + DAY))
    assert Ticket.objects.get().status == "open"
