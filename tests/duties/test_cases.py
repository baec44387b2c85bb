from datetime import timedelta

import pytest

from tests.factories.cases import ORDER, a_case_notice
from tests.factories.messages import filed
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties import verifying
from tresen.duties.cases import CaseKnown, NoSuchCase, answer_case, close_case, file_case, move_case
from tresen.duties.resuming import resume
from tresen.orders.models import Case
from tresen.sla.duty_facts import case_key
from tresen.sla.models import Clock
from tresen.sla.overriding import Said, say_for_store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR


def a_case(ticket: Ticket, **more: object) -> Case:
    return file_case(ticket.pk, kind=CaseKind.A_TO_Z, due=LATER + 3 * DAY, by=SYSTEM, at=LATER, **more)


def state() -> str:
    return str(Case.objects.get().state)


def test_a_case_filed_by_hand_runs_from_then_and_its_answer_leaves_it_with_the_platform() -> None:
    ticket = a_ticket(a_store())
    case = a_case(ticket)
    assert Clock.objects.get(kind="case").due == LATER + 3 * DAY
    answer_case(ticket.pk, case.pk, by=SYSTEM, at=LATER + HOUR)
    assert (state(), Clock.objects.get(kind="case").outcome) == ("answered", "met")
    assert Clock.objects.filter(kind="platform", outcome="running").exists(), "the buyer's clocks run on"


def test_what_was_said_of_a_case_can_be_taken_back() -> None:
    ticket = a_ticket(a_store())
    case = a_case(ticket)
    answer_case(ticket.pk, case.pk, by=SYSTEM, at=LATER + HOUR)
    resume(ticket.pk, case_key(case.pk), ended_at=LATER + HOUR, by=SYSTEM, at=LATER + 2 * HOUR)
    assert state() == "open"
    close_case(ticket.pk, case.pk, outcome="won", by=SYSTEM, at=LATER + 3 * HOUR)
    resume(ticket.pk, case_key(case.pk), ended_at=LATER + 3 * HOUR, by=SYSTEM, at=LATER + 4 * HOUR)
    assert (state(), Ticket.objects.get().risk_tier) == ("open", 0)


@pytest.mark.parametrize("known_by", [{"external_id": "4711"}, {"order_number": ORDER}], ids=["number", "order"])
def test_one_that_was_closed_opens_again_where_it_is_handled(known_by: dict[str, str]) -> None:
    store = a_store()
    ticket, other = a_ticket(store), a_ticket(store, sender="another@marketplace.amazon.de")
    case = a_case(ticket, **known_by)
    close_case(ticket.pk, case.pk, outcome="withdrawn", by=SYSTEM, at=LATER + HOUR)
    with pytest.raises(CaseKnown) as refused:
        a_case(other, **known_by)
    assert refused.value.ticket == ticket.pk
    again = LATER + 2 * HOUR
    assert file_case(ticket.pk, kind=CaseKind.A_TO_Z, due=again + DAY, by=SYSTEM, at=again, **known_by) == case
    running = Clock.objects.filter(kind="case", outcome="running")
    assert (state(), [clock.due for clock in running]) == ("open", [again + DAY])
    assert verifying.differences([ticket.pk]) == []


def test_a_date_can_be_moved_but_not_into_the_past() -> None:
    ticket = a_ticket(a_store())
    case = a_case(ticket)
    move_case(ticket.pk, case.pk, due=LATER + DAY, by=SYSTEM, at=LATER + HOUR)
    assert Case.objects.get().respond_by == LATER + DAY
    with pytest.raises(ValueError, match="past"):
        move_case(ticket.pk, case.pk, due=LATER, by=SYSTEM, at=LATER + HOUR)
    with pytest.raises(ValueError, match="past"):
        file_case(ticket.pk, kind=CaseKind.DISPUTE, due=LATER, by=SYSTEM, at=LATER)


def test_without_a_date_the_platforms_rules_count_and_a_mistaken_case_is_struck_out() -> None:
    ticket = a_ticket(a_store())
    case = file_case(ticket.pk, kind=CaseKind.CHARGEBACK, by=SYSTEM, at=LATER)
    assert Clock.objects.get(kind="case").due == LATER + 7 * DAY
    close_case(ticket.pk, case.pk, outcome="mistaken", by=SYSTEM, at=LATER + HOUR)
    assert Clock.objects.get(kind="case").outcome == "void"
    with pytest.raises(NoSuchCase):
        answer_case(ticket.pk, case.pk, by=SYSTEM, at=LATER + HOUR)


def test_what_the_store_says_counts_for_a_case_filed_by_hand() -> None:
    ticket = a_ticket(a_store())
    said = Said(limits={"chargeback": 2 * 24 * 60})
    version = say_for_store(ticket.store_id, said, reason="Our bank wants it sooner", by=SYSTEM, at=MONDAY)
    file_case(ticket.pk, kind=CaseKind.CHARGEBACK, by=SYSTEM, at=LATER)
    clock = Clock.objects.get(kind="case")
    assert (clock.due, clock.pack) == (LATER + 2 * DAY, f"amazon 2020-07-01 +{version.pk}")


def test_a_case_that_is_known_is_not_filed_twice() -> None:
    store = a_store()
    filed(store, a_case_notice(days=3))
    ticket = Ticket.objects.get()
    with pytest.raises(CaseKnown) as known:
        a_case(ticket, order_number=ORDER)
    assert known.value.ticket == ticket.pk


def test_a_notice_about_a_case_filed_by_hand_is_about_the_same() -> None:
    store = a_store()
    ticket = a_ticket(store)
    a_case(ticket, order_number=ORDER)
    filed(store, a_case_notice(at=LATER + HOUR, case_id="77", days=5))
    assert (Case.objects.get().external_id, Case.objects.get().respond_by) == ("77", LATER + HOUR + 5 * DAY)
