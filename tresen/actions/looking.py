"""Reading the platform after nobody knew whether it did something: seen there, it counts; else a person decides."""

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from tresen.actions.models import Action, ActionState
from tresen.actions.performing import finish, offer_of, wanted_of
from tresen.channels.contract import Stopped
from tresen.channels.order_door import Done, NotDone
from tresen.stores.access import access_to
from tresen.tickets.locking import locked
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

PAUSES = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=15), timedelta(hours=1))
"""Between one look and the next: a refund may be shown some time after it was taken."""
HOLD = timedelta(minutes=3)
AFTER_A_FAULT = timedelta(minutes=15)


def look_for_actions(at: datetime, *, most: int = 20) -> int:
    """Look for uncertain actions on their platforms; gives how many were found done."""
    clock = running_from(at)
    found = 0
    for _ in range(most):
        action = _claim(clock())
        if action is None:
            break
        match _looked(action, at=clock()):
            case Done() as done:
                found += _found(action.pk, done, at=clock())
            case NotDone():
                _not_there(action, at=clock())
            case Stopped() as stopped:
                Action.objects.filter(pk=action.pk).update(next_look_at=clock() + max(stopped.after, PAUSES[0]))
    return found


def _looked(action: Action, *, at: datetime) -> Done | NotDone | Stopped:
    offer = offer_of(action)
    if offer is None:
        return NotDone()
    try:
        return offer.look(wanted_of(action), access_to(action.store, clock=running_from(at)))
    except Exception as error:  # a look harms nobody: it is taken again
        log.exception("look_failed", action=action.pk)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)


@transaction.atomic
def _found(action_id: int, done: Done, *, at: datetime) -> bool:
    locked(Action.objects.values_list("ticket_id", flat=True).get(pk=action_id))
    action = Action.objects.select_for_update(of=("self",)).get(pk=action_id)
    if action.state != ActionState.UNCERTAIN:
        return False
    finish(action, done, at=at, found=True)
    action.save()
    return True


def _not_there(action: Action, *, at: datetime) -> None:
    pause = PAUSES[action.looks] if action.looks < len(PAUSES) else None
    Action.objects.filter(pk=action.pk, state=ActionState.UNCERTAIN).update(
        looks=action.looks + 1, looked_at=at, next_look_at=at + pause if pause else None
    )


def _claim(at: datetime) -> Action | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + HOLD})
        row = cursor.fetchone()
    return Action.objects.select_related("store", "order").get(pk=row[0]) if row else None


_CLAIM = """
    UPDATE actions_action SET next_look_at = %(until)s WHERE id = (
        SELECT id FROM actions_action WHERE state = 'uncertain' AND next_look_at <= %(at)s
        ORDER BY next_look_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
