"""What we promise to a counterpart, and the dates we set ourselves to chase somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import SYSTEM, Actor, ActorKind
from tresen.duties.models import FormerWords, Promise, PromiseKind
from tresen.tickets import ledger
from tresen.tickets.events import (
    Event,
    Key,
    PromiseDropped,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
    PromiseReworded,
    ReplyWithdrawn,
)
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Conversation, Message, Status
from tresen.tickets.recorded import NewEvent, RecordedEvent

DROPPED = Key("dropped")
WITHDRAWN = Key("reply_withdrawn")


@transaction.atomic
def promise(
    ticket_id: int,
    *,
    due: datetime,
    by: Actor,
    at: datetime,
    kind: PromiseKind = PromiseKind.PROMISE,
    what: str = "",
    kept_in: int | None = None,
    reply: int | None = None,
) -> Promise:
    """Promise something by `due`, in the answer `reply` if one gives it.

    With `kept_in` the next accepted answer in that conversation keeps it; the answer that gives it does not. Raises
    ValueError for a date in the past, TicketSettled for a closed ticket, Conversation.DoesNotExist for one of another.
    """
    if due <= at:
        raise ValueError("The date lies in the past.")
    ticket = locked(ticket_id)
    if ticket.status == Status.CLOSED:
        raise TicketSettled(ticket.status)
    if kept_in is not None:
        Conversation.objects.get(pk=kept_in, ticket=ticket)
    made = Promise.objects.create(
        ticket=ticket,
        kind=kind,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        conversation_id=kept_in,
        reply_id=reply,
        what=what[:200],
        made_at=at,
    )
    newest = Message.objects.filter(ticket=ticket).order_by("-pk").values_list("pk", flat=True).first() or 0
    event = PromiseMade(promise=made.pk, promise_kind=Key(kind.value), due=due, kept_in=kept_in, after=newest)
    ledger.record(ticket_id, event, by=by, at=at, source_key=f"promise:{made.pk}")
    return made


@transaction.atomic
def promise_in(reply: Message, *, due: datetime, kept_in: int | None, by: Actor, at: datetime) -> None:
    """The promise that an answer gives; given in twice, it is one. Raises as `promise` does."""
    locked(reply.ticket_id)
    if not Promise.objects.filter(reply=reply).exists():
        promise(reply.ticket_id, due=due, kept_in=kept_in, reply=reply.pk, by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a change took the place of: another time, other words; None where that stayed."""

    due: datetime | None = None
    former: int | None = None


@transaction.atomic
def change_promise(
    promise_id: int, *, by: Actor, at: datetime, due: datetime | None = None, what: str | None = None
) -> Before:
    """Agree on another time, put it in other words, or both; None leaves that as it is.

    The words stand beside the ledger, as a person's words do. Raises ValueError for the past, Promise.DoesNotExist.
    """
    locked(Promise.objects.get(pk=promise_id).ticket_id)
    former = _reword(promise_id, what[:200], by=by, at=at) if what is not None else None
    before = move_promise(promise_id, due=due, by=by, at=at) if due is not None else None
    return Before(due=before, former=former)


def _reword(promise_id: int, what: str, *, by: Actor, at: datetime) -> int | None:
    made = Promise.objects.get(pk=promise_id)  # after the lock: a colleague may have reworded it
    if made.what == what:
        return None
    former = FormerWords.objects.create(promise=made, what=made.what)
    Promise.objects.filter(pk=promise_id).update(what=what)
    _record(promise_id, PromiseReworded(promise=promise_id, former=former.pk), by=by, at=at)
    return former.pk


@transaction.atomic
def take_back_change(promise_id: int, before: Before, *, by: Actor, at: datetime) -> None:
    """Put back what stood before. Raises ValueError where that time has passed, FormerWords.DoesNotExist."""
    words = FormerWords.objects.get(pk=before.former, promise=promise_id).what if before.former else None
    change_promise(promise_id, due=before.due, what=words, by=by, at=at)


@transaction.atomic
def move_promise(promise_id: int, *, due: datetime, by: Actor, at: datetime) -> datetime:
    """Agree on another time; gives the one that stood before. Raises ValueError for the past, Promise.DoesNotExist."""
    if due <= at:
        raise ValueError("The date lies in the past.")
    ticket = locked(Promise.objects.get(pk=promise_id).ticket_id)
    dated = [
        entry.event
        for entry in ledger.history_of([ticket.pk])[ticket.pk]
        if isinstance(entry.event, PromiseMade | PromiseMoved) and entry.event.promise == promise_id
    ]
    _record(promise_id, PromiseMoved(promise=promise_id, due=due), by=by, at=at)
    return dated[-1].due


@transaction.atomic
def keep_promise(promise_id: int, *, by: Actor, at: datetime) -> None:
    """Say that it was kept. Raises Promise.DoesNotExist."""
    _record(promise_id, PromiseKept(promise=promise_id), by=by, at=at)


@transaction.atomic
def drop_promise(promise_id: int, *, by: Actor, at: datetime, reason: Key = DROPPED) -> None:
    """Say that it binds us no longer; "mistaken": it never was one. Raises Promise.DoesNotExist."""
    _record(promise_id, PromiseDropped(promise=promise_id, reason=reason), by=by, at=at)


def _record(promise_id: int, event: Event, *, by: Actor, at: datetime) -> None:
    made = Promise.objects.get(pk=promise_id)
    ticket = locked(made.ticket_id)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(ticket))


def drop_what_was_withdrawn(events: Sequence[RecordedEvent], at: datetime) -> None:
    """An answer that was taken back before it left has promised nothing."""
    replies = {entry.event.message: entry for entry in events if isinstance(entry.event, ReplyWithdrawn)}
    made = Promise.objects.filter(reply__in=replies).order_by("pk").values_list("pk", "ticket_id", "reply_id")
    entries = [
        NewEvent(
            ticket=ticket,
            event=PromiseDropped(promise=number, reason=WITHDRAWN),
            by=SYSTEM,
            occurred_at=replies[reply].occurred_at,
            source_key=f"withdrawn:{number}",
        )
        for number, ticket, reply in made
        if reply is not None
    ]
    ledger.record_all(entries, at=at)
