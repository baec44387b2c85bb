from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from tests.factories.cases import ORDER, a_case_notice
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import Scope
from tresen.channels.contract import NoticeKind, PlatformNotice
from tresen.duties.models import CaseTie, UnknownNotice
from tresen.duties.queries import unread_notices
from tresen.duties.verifying import differences as cases_differ
from tresen.orders.models import Case
from tresen.routing.models import QueuePlace
from tresen.routing.verifying import differences as places_differ
from tresen.sla.models import Clock
from tresen.sla.overriding import Said, say_for_store
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets import ledger
from tresen.tickets.assigning import move
from tresen.tickets.events import Key, ReplyAccepted
from tresen.tickets.models import Ticket
from tresen.tickets.replaying import differences

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECIDED = NoticeKind.A_TO_Z_DECIDED


def case_clock() -> tuple[str, object]:
    clock = Clock.objects.get(kind="case")
    return clock.outcome, clock.due


def test_a_claim_becomes_a_case_with_its_deadline_and_the_ticket_is_at_the_top() -> None:
    filed(a_store(), a_case_notice(days=3))
    case, ticket = Case.objects.get(), Ticket.objects.get()
    assert (case.kind, case.state, case.order_number, case.amount, case.currency) == (
        "a_to_z",
        "open",
        ORDER,
        4990,
        "EUR",
    )
    assert case.respond_by == MONDAY + 3 * DAY
    assert CaseTie.objects.get().ticket == ticket
    assert case_clock() == ("running", MONDAY + 3 * DAY)
    assert (ticket.status, ticket.risk_tier, ticket.risk_reason) == ("open", 0, "claim_filed")
    place = QueuePlace.objects.get()
    assert (place.queue_tier, place.task) == (0, "case")


def test_a_deadline_that_runs_only_if_the_platform_asks_runs_from_its_request() -> None:
    store = a_store()
    filed(store, a_case_notice(days=3, conditional=True))
    assert (Case.objects.get().respond_by, case_clock()) == (None, ("running", None))
    place = QueuePlace.objects.get()
    assert (place.queue_tier, place.task) == (2, "case_told"), "to be seen, but before nothing urgent"
    filed(store, a_case_notice(NoticeKind.A_TO_Z_ASKED, at=MONDAY + DAY, days=3, conditional=True))
    assert Case.objects.get().respond_by == MONDAY + 4 * DAY
    place = QueuePlace.objects.get()
    assert (place.queue_tier, place.task) == (0, "case")


def test_without_a_date_in_the_mail_the_rule_pack_says_until_when() -> None:
    filed(a_store(), a_case_notice(NoticeKind.CHARGEBACK_OPENED))
    assert Case.objects.get().respond_by == MONDAY + 7 * DAY
    assert Clock.objects.get(kind="case").pack.startswith("amazon")


def test_what_the_store_says_counts_where_the_mail_names_no_date() -> None:
    store = a_store()
    said = Said(limits={"chargeback": 2 * 24 * 60, "information_request": 24 * 60})
    say_for_store(store.pk, said, reason="Our bank wants it sooner", by=SYSTEM, at=MONDAY - DAY)
    filed(store, a_case_notice(NoticeKind.CHARGEBACK_OPENED))
    filed(store, a_case_notice(NoticeKind.A_TO_Z_ASKED, order="302-8812345-7654321"))
    dues = dict(Case.objects.values_list("kind", "respond_by"))
    assert dues == {"chargeback": MONDAY + 2 * DAY, "a_to_z": MONDAY + DAY}


def test_a_limit_that_does_not_count_for_the_store_dates_no_case() -> None:
    store = a_store()
    say_for_store(store.pk, Said(limits={"chargeback": None}), reason="Insured", by=SYSTEM, at=MONDAY - DAY)
    filed(store, a_case_notice(NoticeKind.CHARGEBACK_OPENED))
    assert (Case.objects.get().respond_by, case_clock()) == (None, ("running", None))


def test_an_answer_to_the_buyer_never_answers_the_case() -> None:
    store = a_store()
    asked = filed(store, a_message(orders=(ORDER,)))[0]
    filed(store, a_case_notice(at=MONDAY + HOUR, days=3))
    ticket = asked.ticket.id
    accepted = ReplyAccepted(
        message=asked.message, conversation=asked.conversation.id, role=Key("buyer"), answers_up_to=asked.message
    )
    ledger.record(ticket, accepted, by=SYSTEM, at=MONDAY + 2 * HOUR, source_key="a")
    assert Case.objects.get().state == "open"
    assert case_clock()[0] == "running"
    assert set(Clock.objects.filter(kind="platform").values_list("outcome", flat=True)) == {"met"}


def test_the_decision_closes_the_case_and_the_tier_is_what_it_was() -> None:
    store = a_store()
    filed(store, a_message(orders=(ORDER,)), a_case_notice(at=MONDAY + HOUR, days=3))
    filed(store, a_case_notice(DECIDED, at=MONDAY + DAY, outcome="won"))
    case = Case.objects.get()
    assert (case.state, case.outcome, case.closed_at) == ("closed", "won", MONDAY + DAY)
    assert Ticket.objects.get().risk_tier == 2
    assert case_clock()[0] == "waived"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_one_case_however_many_mails_tell_of_it_in_whatever_order(order: tuple[int, ...]) -> None:
    store = a_store()
    opened = a_case_notice(days=3)
    told: list[PlatformNotice] = [
        opened,
        a_case_notice(at=MONDAY + HOUR, days=3),
        a_case_notice(NoticeKind.A_TO_Z_ASKED, at=MONDAY + DAY, days=2, conditional=True),
        a_case_notice(DECIDED, at=MONDAY + 2 * DAY, outcome="lost"),
    ]
    for number in order:
        filed(store, told[number], at=MONDAY + 3 * DAY)
    filed(store, opened, at=MONDAY + 3 * DAY)
    case, ticket = Case.objects.get(), Ticket.objects.get()
    assert (case.state, case.outcome, case.opened_at) == ("closed", "lost", MONDAY)
    assert (case.closed_at, case.respond_by) == (MONDAY + 2 * DAY, MONDAY + 3 * DAY)
    assert case_clock() == ("waived", MONDAY + 3 * DAY)
    assert (ticket.risk_tier, QueuePlace.objects.exists()) == (2, False)
    after = MONDAY + 4 * DAY
    found = [*differences([ticket.pk]), *clocks_differ([ticket.pk], at=after), *places_differ([ticket.pk], at=after)]
    assert [*found, *cases_differ([ticket.pk])] == []


def test_a_changed_case_is_found() -> None:
    filed(a_store(), a_case_notice(days=3))
    Case.objects.update(state="closed")
    assert [
        (one.what.partition(".")[2], one.stored, one.recomputed) for one in cases_differ([Ticket.objects.get().pk])
    ] == [("state", "closed", "open")]


def test_mails_without_an_order_are_one_case_by_the_platforms_number() -> None:
    store = a_store(channel="ebay", marketplace="ebay.de")
    filed(store, a_case_notice(NoticeKind.RETURN_REQUESTED, order="", case_id="5300000001"))
    filed(store, a_case_notice(NoticeKind.CASE_CLOSED, order="", case_id="5300000001", at=MONDAY + DAY))
    assert (Case.objects.get().state, Ticket.objects.count()) == ("closed", 1)


def test_a_warning_of_the_account_without_an_order_is_a_task_of_tier_0() -> None:
    filed(a_store(), a_case_notice(NoticeKind.POLICY_WARNING, order="", case_id="9000000001"))
    ticket, place = Ticket.objects.get(), QueuePlace.objects.get()
    assert (ticket.status, ticket.risk_reason) == ("open", "platform_warning")
    assert (place.queue_tier, place.task) == (0, "case")


def test_a_notice_that_nobody_understands_stays_where_people_see_it() -> None:
    filed(a_store(), a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    assert UnknownNotice.objects.get().read_at is None
    assert not Case.objects.exists()


def test_a_number_counts_more_than_the_order_and_what_is_open_more_than_what_is_over() -> None:
    """Two returns of one order, told by number, by order, and by both."""
    store, asked = a_store(), NoticeKind.RETURN_REQUESTED
    filed(store, a_case_notice(asked))
    filed(store, a_case_notice(asked, order="", case_id="R2", at=MONDAY + HOUR))
    filed(store, a_case_notice(asked, case_id="R2", at=MONDAY + 2 * HOUR))  # tells R2's order, and is not the first
    first, second = Case.objects.order_by("pk")
    assert (first.external_id, second.external_id, second.order_number) == ("", "R2", ORDER)

    filed(store, a_case_notice(NoticeKind.RETURN_AUTHORISED, case_id="R2", at=MONDAY + 3 * HOUR))
    filed(store, a_case_notice(NoticeKind.RETURN_AUTHORISED, at=MONDAY + 4 * HOUR))
    assert {case.state for case in Case.objects.all()} == {"closed"}


def test_a_request_that_goes_to_the_platforms_service_with_its_number_is_one_case() -> None:
    store = a_store()
    filed(store, a_case_notice(NoticeKind.ITEM_NOT_RECEIVED_OPENED, case_id="53"))
    filed(store, a_case_notice(NoticeKind.CASE_ESCALATED, order="", case_id="53", at=MONDAY + DAY))
    assert Case.objects.count() == 1
    filed(store, a_case_notice(NoticeKind.CASE_CLOSED, order="", case_id="53", at=MONDAY + 2 * DAY))
    assert Case.objects.get().state == "closed"
    assert cases_differ([Ticket.objects.first().pk]) == []


@pytest.mark.parametrize("amount", ["999999999999999999.99", "-5.00", "all of it"])
def test_a_sum_that_cannot_be_one_hinders_nothing(amount: str) -> None:
    told = a_case_notice()
    filed(a_store(), replace(told, extra={"amount": amount, "currency": "EUR"}))
    assert Case.objects.get().amount is None


@pytest.mark.parametrize(("amount", "currency", "kept"), [("4990", "JPY", 4990), ("49.9", "EUR", 4990)])
def test_a_sum_is_kept_in_its_currencys_smallest_unit(amount: str, currency: str, kept: int) -> None:
    filed(a_store(), replace(a_case_notice(), extra={"amount": amount, "currency": currency}))
    assert Case.objects.get().amount == kept


def test_a_notice_nobody_understood_goes_with_its_ticket() -> None:
    """It shows what the mail says: who no longer sees the ticket does not read it in the list either."""
    store, other = a_store(), a_team()
    filed(store, a_case_notice(NoticeKind.OTHER, problems=("notice_unknown",)))
    ticket = Ticket.objects.get()
    before = Scope(teams=frozenset({ticket.team_id}), stores=None, brands=None)
    after = Scope(teams=frozenset({other.pk}), stores=None, brands=None)
    assert (len(unread_notices(before)), len(unread_notices(after))) == (1, 0)
    move(ticket.pk, team_id=other.pk, by=SYSTEM, at=MONDAY + HOUR)
    assert (len(unread_notices(before)), len(unread_notices(after))) == (0, 1)
