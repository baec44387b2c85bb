"""What an agent logged by hand, kept raw like everything else that comes in; and what he said it left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.scope import Scope
from tresen.channels.by_hand.log import OWN_KEY, Log, log_payload, logged_by, promised
from tresen.channels.contract import InboundAttachment, Role, Source, Surface, ThreadKeyKind
from tresen.duties.promising import promise
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import PayloadState, StoredPayload
from tresen.intake.planning import Filing
from tresen.stores.models import Store
from tresen.tickets.events import Key
from tresen.tickets.models import Conversation, ConversationTie, Message, MessageKind, Ticket
from tresen.tickets.queries import visible
from tresen.tickets.solving import solve

AT_LEAST = timedelta(minutes=1)


class LogHidden(LookupError):
    """No such log in this scope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a log is: in the `ticket` it was filed into, else kept `since` then. `aside`: it could not be filed."""

    ticket: int | None
    since: datetime | None = None
    aside: bool = False


@transaction.atomic
def receive_log(store_id: int, log: Log, *, attachments: Sequence[InboundAttachment] = (), at: datetime) -> bool:
    """Keep what was logged; its `id` is the page's own: saved twice it is kept once. False for one that was here."""
    body = log_payload(log, attachments=attachments)
    arrived = Arrived(
        source=Source.BY_HAND,
        external_key=_key(log.id),
        body=body,
        size=len(body),
        received_at=at,
        store=store_id,
    )
    return keep_raw([arrived], at=at) > 0


@transaction.atomic
def thread_of(ticket: Ticket) -> str:
    """The key under which calls about this ticket are filed into it; empty where nobody of the customer's side is."""
    value = f"{OWN_KEY}ticket/{ticket.pk}"
    theirs = Conversation.objects.filter(ticket=ticket, role=Role.BUYER).order_by("opened_at", "pk")
    spoken = theirs.filter(surface=Surface.BY_HAND).first() or theirs.first()
    if spoken is None:
        return ""
    ConversationTie.objects.get_or_create(
        conversation=spoken, store_id=ticket.store_id, kind=ThreadKeyKind.THREAD.value, value=value
    )
    return value


def own_id(submission: UUID) -> str:
    """The id of what a page of this number logs."""
    return f"{submission.hex}@by-hand"


def whereabouts(log_id: str, *, scope: Scope) -> Whereabouts:
    """Where the log of this id is now. Raises LogHidden."""
    kept = StoredPayload.objects.filter(mailbox=None, store__in=_stores_in(scope), external_key=_key(log_id)).first()
    ticket = _filed_into(log_id, kept)
    if ticket is not None and visible(scope).filter(pk=ticket).exists():
        return Whereabouts(ticket=ticket)
    if ticket is not None or kept is None:
        raise LogHidden(f"There is no log {log_id} here.")
    return Whereabouts(ticket=None, since=kept.recorded_at, aside=kept.state != PayloadState.KEPT)


def _key(log_id: str) -> str:
    return f"by-hand/{log_id}"[:300]


def _stores_in(scope: Scope) -> list[int]:
    rows = Store.objects.values_list("pk", "brand", "default_team")
    return [pk for pk, brand, team in rows if scope.shows(team=team, store=pk, brand=brand)]


def _filed_into(log_id: str, kept: StoredPayload | None) -> int | None:
    """By the ids of what a log becomes, which outlive it; one filed as unreadable is known by its arrival alone."""
    filed = Message.objects.filter(external_id__in=[log_id, f"{log_id}/answer"])
    ticket = filed.values_list("ticket", flat=True).first()
    if ticket is None and kept is not None:
        arrived = Message.objects.filter(arrivals__payload_number=kept.number)
        ticket = arrived.values_list("ticket", flat=True).first()
    return ticket


def settle_logged(filings: Sequence[Filing], *, at: datetime) -> None:
    """After filing: whose answers they were, what they promised, and that nothing is left of what was answered."""
    opened = {filing.ticket.id for filing in filings if filing.opens}
    for filing in filings:
        agent = logged_by(filing.item.facts)
        if agent is None or filing.item.kind is not MessageKind.OWN_ANSWER:
            continue
        Message.objects.filter(pk=filing.message).update(agent_id=agent)
        given = promised(filing.item.facts)
        if given is not None:
            _promise(filing, *given, by=Actor.agent(agent), at=at)
        elif filing.ticket.id in opened:
            solve(filing.ticket.id, by=Actor.agent(agent), at=at, resolution=Key("answered"))


def _promise(filing: Filing, due: datetime, what: str, *, by: Actor, at: datetime) -> None:
    """A date that passed while the log waited to be read is a promise missed, not one never made."""
    kept_in, soonest = filing.conversation.id, at + AT_LEAST
    promise(filing.ticket.id, due=max(due, soonest), what=what, kept_in=kept_in, by=by, at=at)
