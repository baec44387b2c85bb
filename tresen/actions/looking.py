"""Reading the platform after nobody knew whether it did something: seen there, it counts; else a person decides."""

from datetime import datetime

from django.db import transaction

from tresen.actions.models import Action, ActionState
from tresen.actions.performing import done_besides, finish, offer_of, wanted_of
from tresen.channels.contract import Stopped
from tresen.channels.order_door import Done, NotDone, NotTold
from tresen.stores.access import access_to
from tresen.tickets.locking import locked
from tresen.timekeeping.running import running_from
from tresen.uncertain.looking import look_for


def look_for_actions(at: datetime, *, most: int = 20) -> int:
    """Look for uncertain actions on their platforms; gives how many were found done."""
    uncertain = Action.objects.filter(state=ActionState.UNCERTAIN).select_related("store", "order")
    return look_for(uncertain, find=_find, settle=_settle, at=at, most=most)


def _find(action: Action, at: datetime) -> Done | Stopped | None:
    offer = offer_of(action)
    if offer is None:
        return None
    found = offer.look(wanted_of(action), access_to(action.store, clock=running_from(at)))
    match found:
        case NotTold(reason=reason):
            Action.objects.filter(pk=action.pk, state=ActionState.UNCERTAIN).update(answer=reason)
            return None
        case NotDone():
            return None
        case _:
            return found


@transaction.atomic
def _settle(action: Action, done: Done, at: datetime) -> bool:
    locked(action.ticket_id)
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.state != ActionState.UNCERTAIN or done_besides(action) & set(done.external_id.split(",")):
        return False  # another worker has just found that this was another action's
    finish(action, done, at=at, found=True)
    action.save()
    return True
