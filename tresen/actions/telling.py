"""What the ledger is told of an action, with its cost and reason."""

import re
from datetime import datetime

from tresen.accounts.actors import Actor
from tresen.actions.models import Action
from tresen.tickets import ledger
from tresen.tickets.events import ActionAsked, ActionDone, Event, Key
from tresen.tickets.facts import KEY


def record_asked(action: Action, *, by: Actor, at: datetime, waits: bool) -> None:
    """Record that it was asked for, in the caller's transaction."""
    event = ActionAsked(
        action=action.pk,
        action_kind=Key(action.kind),
        order=action.order_id,
        amount=action.amount,
        currency=_currency(action),
        reason=reason_key(action.reason),
        waits=waits,
    )
    record_plain(action, event, by=by, at=at)


def record_done(action: Action, *, by: Actor, at: datetime, found: bool = False) -> None:
    """Record that the platform did it, in the caller's transaction."""
    event = ActionDone(
        action=action.pk,
        action_kind=Key(action.kind),
        order=action.order_id,
        amount=action.amount,
        currency=_currency(action),
        reason=reason_key(action.reason),
        found=found,
    )
    record_plain(action, event, by=by, at=at)


def _currency(action: Action) -> Key:
    return Key(action.currency.lower()) if action.amount else Key("")


def record_plain(action: Action, event: Event, *, by: Actor, at: datetime) -> None:
    """Record another event about an action; the same step of it once."""
    step = f"action:{action.pk}:{action.attempts}"
    ledger.record(action.ticket_id, event, by=by, at=at, source_key=step)


def reason_key(reason: str) -> Key:
    """The platform's word for a reason as a key; one that is none is told as such."""
    word = reason.lower()[:80]
    return Key(word if re.fullmatch(KEY, word) else "other")
