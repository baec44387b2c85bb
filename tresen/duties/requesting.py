"""What customers ask by right: access to their data, their money back; due as the law says."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor, ActorKind
from tresen.duties.models import LegalRequest, RequestKind
from tresen.sla.duty_rules import legal_due
from tresen.tickets import ledger
from tresen.tickets.events import (
    Event,
    Key,
    LegalRequestFulfilled,
    LegalRequestMoved,
    LegalRequestReceived,
    LegalRequestWithdrawn,
)
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status

WITHDRAWN = Key("withdrawn")


@transaction.atomic
def note_request(
    ticket_id: int, *, kind: RequestKind, by: Actor, at: datetime, received_at: datetime | None = None
) -> LegalRequest:
    """Note that the customer asks for this by right, since `received_at` or now.

    Due by the law of the store's marketplace, or the strictest we know. Raises TicketSettled for a closed ticket,
    ValueError where it is said to have come later than now.
    """
    since = received_at or at
    if since > at:
        raise ValueError("It cannot have come later than now.")
    ticket = locked(ticket_id)
    if ticket.status == Status.CLOSED:
        raise TicketSettled(ticket.status)
    request = LegalRequest.objects.create(
        ticket=ticket, kind=kind, received_at=since, noted_by_id=by.id if by.kind is ActorKind.AGENT else None
    )
    ruled = legal_due(kind.value, ticket.store.marketplace, received_at=since)
    event = LegalRequestReceived(
        request=request.pk,
        request_kind=Key(kind.value),
        due=ruled.at if ruled else None,
        pack=Key(ruled.rule.edition if ruled else ""),
    )
    ledger.record(ticket_id, event, by=by, at=since, source_key=f"request:{request.pk}", recorded_at=at)
    return request


@transaction.atomic
def move_request(request_id: int, *, due: datetime, by: Actor, at: datetime) -> None:
    """Extend or correct its date. Raises ValueError for one in the past, LegalRequest.DoesNotExist."""
    if due <= at:
        raise ValueError("The date lies in the past.")
    _record(request_id, LegalRequestMoved(request=request_id, due=due), by=by, at=at)


@transaction.atomic
def fulfil_request(request_id: int, *, by: Actor, at: datetime) -> None:
    """Say that it was fulfilled. Raises LegalRequest.DoesNotExist."""
    _record(request_id, LegalRequestFulfilled(request=request_id), by=by, at=at)


@transaction.atomic
def withdraw_request(request_id: int, *, by: Actor, at: datetime, reason: Key = WITHDRAWN) -> None:
    """Say that it needs no more of us; "mistaken": it never was one. Raises LegalRequest.DoesNotExist."""
    _record(request_id, LegalRequestWithdrawn(request=request_id, reason=reason), by=by, at=at)


def _record(request_id: int, event: Event, *, by: Actor, at: datetime) -> None:
    request = LegalRequest.objects.get(pk=request_id)
    ticket = locked(request.ticket_id)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(ticket))
