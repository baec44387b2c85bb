"""Doing at the platform what is due: one action at a time, its attempt committed before anything is asked.

A crash between the two leaves it SENDING. Nobody knows then whether it was done: the platform is read, and only one
that does the same key once is asked again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from tresen.accounts.actors import CHANNEL
from tresen.actions.asking import lines_of
from tresen.actions.models import Action, ActionState
from tresen.actions.telling import record_done, record_plain
from tresen.channels.contract import Later, Refused, Uncertain
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, OrderAction, OrderRef
from tresen.crashing.points import Point, reached
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of
from tresen.stores.health import pause_after
from tresen.tickets.events import ActionRefused, ActionUncertain
from tresen.tickets.locking import locked
from tresen.timekeeping.running import running_from
from tresen.uncertain.looking import FIRST_LOOK

log = structlog.get_logger()

type Clock = Callable[[], datetime]

HOLD = timedelta(minutes=3)
"""Longer than the requests of one attempt may take."""
GIVES_UP_AFTER = timedelta(hours=2)


def perform_due(at: datetime, *, most: int = 20) -> int:
    """Do what is due, the longest waiting first; gives how many attempts were made."""
    clock = running_from(at)
    for made in range(most):
        action = _claim(clock())
        if action is None:
            return made
        reached(Point.ATTEMPT_COMMITTED)
        result = _performed(action, clock)
        reached(Point.ACCEPTED_NOT_KEPT)
        confirm(action.pk, result, attempt=action.attempts, at=clock())
    return most


def settle_interrupted(at: datetime, *, most: int = 100) -> int:
    """Attempts whose process died on the way: nobody knows. Gives how many."""
    silent = Action.objects.filter(state=ActionState.SENDING, held_until__lt=at).order_by("held_until")
    lost = list(silent.values_list("pk", "attempts")[:most])
    for action, attempt in lost:
        confirm(action, Uncertain(reason="The program stopped while this was being done."), attempt=attempt, at=at)
    return len(lost)


def wanted_of(action: Action) -> ActionWanted:
    """What every attempt asks for."""
    return ActionWanted(
        key=str(action.key),
        order=OrderRef(number=action.order.number, external_id=action.order.external_id),
        currency=action.currency,
        amount=action.amount,
        lines=lines_of(action),
        reason=action.reason,
        words=action.words,
        return_id=action.return_id,
        carrier=action.carrier,
        tracking=action.tracking,
        details=action.details,
        since=action.first_tried_at,
        others=done_besides(action),
    )


def done_besides(action: Action) -> frozenset[str]:
    """What the platform calls that which other actions of this kind did about the same order."""
    done = Action.objects.filter(order=action.order_id, kind=action.kind, state=ActionState.DONE).exclude(pk=action.pk)
    return frozenset(part for named in done.values_list("external_id", flat=True) for part in named.split(",") if part)


def offer_of(action: Action) -> ActionOffer | None:
    """What the platform offers for it; None where a version of ours or its own took that away."""
    return connector_of(action.store).actions.get(OrderAction(action.kind))


@transaction.atomic
def confirm(action_id: int, result: ActionResult, *, attempt: int, at: datetime) -> Action:
    """Keep what came of an attempt. One that was settled meanwhile stays as it was settled."""
    locked(Action.objects.values_list("ticket_id", flat=True).get(pk=action_id))
    action = Action.objects.select_for_update(of=("self",)).select_related("store").get(pk=action_id)
    if action.state != ActionState.SENDING or action.attempts != attempt:
        return action
    _apply(action, result, at=at)
    action.held_until = None
    action.save()
    return action


def _apply(action: Action, result: ActionResult, *, at: datetime) -> None:
    offer = offer_of(action)
    keyed = offer is not None and offer.keyed
    began = action.again_at or action.first_tried_at or at
    match result:
        case Done():
            finish(action, result, at=at)
        case Later() | Uncertain() if at - began < GIVES_UP_AFTER and (keyed or isinstance(result, Later)):
            after = result.after if isinstance(result, Later) else timedelta(0)
            # An allowance says itself when it is free: waiting for it has not failed.
            failures = 1 if isinstance(result, Later) and result.held else action.attempts
            action.state, action.answer = ActionState.QUEUED, result.reason
            action.next_attempt_at = at + max(after, pause_after(failures))
        case Uncertain():
            action.state, action.answer, action.next_attempt_at = ActionState.UNCERTAIN, result.reason, None
            action.next_look_at = at + FIRST_LOOK
            record_plain(action, ActionUncertain(action=action.pk), by=CHANNEL, at=at)
        case Later() | Refused():
            action.state, action.answer, action.settled_at = ActionState.REFUSED, result.reason, at
            action.next_attempt_at = None
            record_plain(action, ActionRefused(action=action.pk), by=CHANNEL, at=at)


def finish(action: Action, done: Done, *, at: datetime, found: bool = False) -> None:
    """The platform did it; the caller saves the locked row."""
    action.state, action.settled_at = ActionState.DONE, at
    action.external_id, action.answer = done.external_id[:400], done.answer
    action.next_attempt_at = action.next_look_at = None
    record_done(action, by=CHANNEL, at=at, found=found)


def _performed(action: Action, clock: Clock) -> ActionResult:
    offer = offer_of(action)
    if offer is None:
        return Refused(reason="The platform does not offer this any more.")
    try:
        access = access_to(action.store, clock=clock)
        wanted = wanted_of(action)
    except Exception as error:  # nothing was asked yet: it can be once this is mended
        log.exception("preparing_failed", action=action.pk)
        return Later(after=timedelta(minutes=5), reason=f"{type(error).__name__}: {error}"[:500])
    try:
        return offer.perform(wanted, access)
    except Exception as error:  # a bug in a connector: whatever it did before, nobody knows
        log.exception("performing_failed", action=action.pk)
        return Uncertain(reason=f"{type(error).__name__}: {error}"[:500])


@transaction.atomic(durable=True)
def _claim(at: datetime) -> Action | None:
    """The next due action, its attempt counted and committed when this returns."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    action = Action.objects.select_related("store", "order").get(pk=row[0])
    action.attempts += 1
    action.state, action.next_attempt_at, action.held_until = ActionState.SENDING, None, at + HOLD
    action.first_tried_at = action.first_tried_at or at
    action.save(update_fields=["attempts", "state", "next_attempt_at", "held_until", "first_tried_at"])
    return action


# A store that was put in shadow meanwhile does nothing until it is let out.
_NEXT = """
    SELECT action.id FROM actions_action action JOIN stores_store store ON store.id = action.store_id
    WHERE action.state = 'queued' AND action.next_attempt_at <= %(at)s AND NOT store.shadow
    ORDER BY action.next_attempt_at, action.id LIMIT 1 FOR UPDATE OF action SKIP LOCKED
"""
