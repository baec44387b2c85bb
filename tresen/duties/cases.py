"""What an agent does with a case: file it by hand, say that it is answered, move its date, close it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tresen.accounts.actors import Actor
from tresen.channels.cases import CRITICAL, CaseKind
from tresen.duties import case_rows
from tresen.duties.models import CaseTie
from tresen.orders.models import Case, CaseState, Order
from tresen.sla.duty_facts import MISTAKEN
from tresen.sla.duty_rules import CaseDue, case_due
from tresen.stores.models import Store
from tresen.tickets import ledger
from tresen.tickets.events import CaseAnswered, CaseClosed, CaseDeadlineMoved, CaseOpened, Event, Key
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status, Ticket

WON, LOST, SETTLED_THERE = "won", "lost", "settled"
OUTCOMES = (WON, LOST, SETTLED_THERE, "withdrawn", MISTAKEN)


class CaseKnown(ValueError):
    """This store has the case already. `ticket` handles it."""

    def __init__(self, ticket: int | None) -> None:
        super().__init__("The case is known already.")
        self.ticket = ticket


class NoSuchCase(LookupError):
    """The ticket has no such case, or it is over."""


@transaction.atomic
def file_case(
    ticket_id: int,
    *,
    kind: CaseKind,
    by: Actor,
    at: datetime,
    due: datetime | None = None,
    external_id: str = "",
    order_number: str = "",
) -> Case:
    """File a case by hand on a ticket. Without a date the platform's rules say until when, where they do.

    Raises CaseKnown, TicketSettled for a closed ticket, ValueError for a date in the past.
    """
    if due is not None and due <= at:
        raise ValueError("The date lies in the past.")
    ticket = locked(ticket_id)
    if ticket.status == Status.CLOSED:
        raise TicketSettled(ticket.status)
    _refuse_known(ticket, kind, external_id, order_number)
    case = _closed_before(ticket, kind, external_id, order_number)
    case = case or _new(ticket, kind, external_id, order_number, at=at)
    if (handled := case_rows.tie({case.pk: ticket.pk})[case.pk]) != ticket.pk:
        raise CaseKnown(handled)
    opened = opening(ticket, case.pk, kind, due=due, at=at)
    ledger.record(ticket_id, opened, by=by, at=at, source_key=next_cause(ticket))
    return case


def _closed_before(ticket: Ticket, kind: CaseKind, external_id: str, order_number: str) -> Case | None:
    """The same case, which was over: it opens again, as it does where the platform's mail says so."""
    over = Case.objects.filter(store=ticket.store_id, kind=kind.value, state=CaseState.CLOSED, external_id=external_id)
    if external_id:
        return over.first()
    return over.filter(order_number=order_number).first() if order_number else None


def _new(ticket: Ticket, kind: CaseKind, external_id: str, order_number: str, *, at: datetime) -> Case:
    order = Order.objects.filter(store=ticket.store_id, number=order_number).first() if order_number else None
    try:
        with transaction.atomic():
            return Case.objects.create(
                store_id=ticket.store_id,
                brand_id=ticket.brand_id,
                order=order,
                order_number=order_number,
                external_id=external_id,
                kind=kind.value,
                opened_at=at,
            )
    except IntegrityError:  # its notice was filed at the same instant
        _refuse_known(ticket, kind, external_id, order_number)
        raise


def _refuse_known(ticket: Ticket, kind: CaseKind, external_id: str, order_number: str) -> None:
    same = Case.objects.filter(store=ticket.store_id, kind=kind.value).exclude(state=CaseState.CLOSED)
    found = same.filter(external_id=external_id).first() if external_id else None
    if found is None and order_number:
        found = same.filter(order_number=order_number).first()
    if found is not None:
        tie = CaseTie.objects.filter(case=found).first()
        raise CaseKnown(tie.ticket_id if tie else None)


def opening(
    ticket: Ticket, case: int, kind: CaseKind, *, due: datetime | None, at: datetime, message: int | None = None
) -> CaseOpened:
    """The event of a case that opens: due as it was said, else by the platform's rules."""
    ruled = None if due else _ruled(ticket.store, kind, at)
    return CaseOpened(
        case=case,
        case_kind=Key(kind.value),
        due=due or (ruled.at if ruled else None),
        critical=kind in CRITICAL,
        pack=Key(ruled.rule.edition if ruled else ""),
        message=message,
    )


def _ruled(store: Store, kind: CaseKind, at: datetime) -> CaseDue | None:
    return case_due(store.channel, marketplace=store.marketplace, kind=kind.value, filed_at=at, store=store.pk)


@transaction.atomic
def answer_case(ticket_id: int, case_id: int, *, by: Actor, at: datetime) -> None:
    """Say that the case was answered at the platform. Raises NoSuchCase. It stops no clock of the buyer's messages."""
    _record(ticket_id, case_id, CaseAnswered(case=case_id), by=by, at=at)


@transaction.atomic
def move_case(ticket_id: int, case_id: int, *, due: datetime, by: Actor, at: datetime) -> None:
    """Set another deadline. Raises NoSuchCase, ValueError for a date in the past."""
    if due <= at:
        raise ValueError("The date lies in the past.")
    _record(ticket_id, case_id, CaseDeadlineMoved(case=case_id, due=due), by=by, at=at)


@transaction.atomic
def close_case(ticket_id: int, case_id: int, *, outcome: str, by: Actor, at: datetime) -> None:
    """Say how the case ended, or that it never was one ("mistaken"). Raises NoSuchCase."""
    _record(ticket_id, case_id, CaseClosed(case=case_id, outcome=Key(outcome)), by=by, at=at)


def _record(ticket_id: int, case_id: int, event: Event, *, by: Actor, at: datetime) -> None:
    ticket = locked(ticket_id)
    standing = case_rows.standings(ledger.history_of([ticket_id])[ticket_id]).get(case_id)
    if standing is None or standing.state == "closed":
        raise NoSuchCase(case_id)
    ledger.record(ticket_id, event, by=by, at=at, source_key=next_cause(ticket))
