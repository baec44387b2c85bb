"""What people decide about an action: agree, do not agree, take back, try again, say whether it was done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.accounts.models import Agent
from tresen.actions.asking import LONGEST_WORDS, CannotAct, check_again
from tresen.actions.limiting import may_give_back
from tresen.actions.models import Action, ActionState
from tresen.actions.remaining import left_to_refund
from tresen.actions.telling import record_done, record_plain
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order
from tresen.tickets.events import (
    ActionApproved,
    ActionDeclined,
    ActionRefused,
    ActionTriedAgain,
    ActionWithdrawn,
)
from tresen.tickets.locking import locked


@transaction.atomic
def approve(action_id: int, *, by: Actor, at: datetime) -> Action:
    """Agree: it is done at once. Raises CannotAct for who asked for it, and for who may not give back so much.

    The same where so much is not left any more: it may have gone back elsewhere while this waited.
    """
    action = _locked(action_id)
    if action.state != ActionState.ASKED:
        return action
    if may_not_approve(action, by=by):
        raise CannotAct(_("Somebody else must agree who may give back so much."))
    if action.kind == OrderAction.REFUND and action.amount > left_to_refund(action.order, _others(action)):
        raise CannotAct(_("That is more than is left of what was paid."))
    action.state, action.decided_by_id, action.decided_at = ActionState.QUEUED, by.id, at
    action.next_attempt_at = at
    action.save(update_fields=["state", "decided_by", "decided_at", "next_attempt_at"])
    record_plain(action, ActionApproved(action=action.pk), by=by, at=at)
    return action


@transaction.atomic
def decline(action_id: int, *, why: str = "", by: Actor, at: datetime) -> Action:
    """Do not agree, perhaps saying why: nothing is done. Raises CannotAct for who could not agree either."""
    action = _locked(action_id)
    if action.state != ActionState.ASKED:
        return action
    if may_not_approve(action, by=by):
        raise CannotAct(_("Somebody else must agree who may give back so much."))
    action.state, action.decided_by_id, action.decided_at, action.settled_at = ActionState.DECLINED, by.id, at, at
    action.why_not = why.strip()[:LONGEST_WORDS]
    action.save(update_fields=["state", "decided_by", "decided_at", "settled_at", "why_not"])
    record_plain(action, ActionDeclined(action=action.pk), by=by, at=at)
    return action


def may_not_approve(action: Action, *, by: Actor) -> bool:
    """Whether somebody can't be the second pair of eyes."""
    if by.kind is not ActorKind.AGENT or by.id is None:
        return True
    agent = Agent.objects.get(pk=by.id)
    return agent.pk == action.asked_by_id or not may_give_back(agent, action.amount, action.currency)


@transaction.atomic
def withdraw(action_id: int, *, by: Actor, at: datetime) -> bool:
    """Take it back while nothing was tried; False when it is on its way already."""
    action = _locked(action_id)
    if action.state == ActionState.WITHDRAWN:
        return True
    if action.state not in {ActionState.ASKED, ActionState.QUEUED} or action.attempts:
        return False
    action.state, action.next_attempt_at, action.settled_at = ActionState.WITHDRAWN, None, at
    action.save(update_fields=["state", "next_attempt_at", "settled_at"])
    record_plain(action, ActionWithdrawn(action=action.pk), by=by, at=at)
    return True


@transaction.atomic
def try_again(action_id: int, *, by: Actor, at: datetime) -> Action:
    """Try once more what was refused, or what the platform was read for in vain.

    Raises CannotAct, also where another one has done it since.
    """
    action = _locked(action_id)
    if action.state == ActionState.QUEUED:
        return action
    if action.state == ActionState.UNCERTAIN and action.looked_at is None:
        raise CannotAct(_("First the platform is read: it may have been done."))
    if action.state not in {ActionState.REFUSED, ActionState.UNCERTAIN}:
        raise CannotAct(_("This can’t be tried again."))
    if action.state == ActionState.REFUSED:
        check_again(action)
    action.state, action.next_attempt_at, action.again_at, action.settled_at = ActionState.QUEUED, at, at, None
    action.looks, action.looked_at, action.next_look_at = 0, None, None
    looked = ("looks", "looked_at", "next_look_at")
    action.save(update_fields=["state", "next_attempt_at", "again_at", "settled_at", *looked])
    record_plain(action, ActionTriedAgain(action=action.pk), by=by, at=at)
    return action


@transaction.atomic
def it_was_done(action_id: int, *, by: Actor, at: datetime) -> Action:
    """Say that what nobody knew of was done: somebody saw it at the platform. Raises CannotAct."""
    action = _locked(action_id)
    if action.state == ActionState.DONE:
        return action
    if action.state != ActionState.UNCERTAIN:
        raise CannotAct(_("Only what nobody knows of can be said to be done."))
    action.state, action.settled_at, action.next_look_at = ActionState.DONE, at, None
    action.save(update_fields=["state", "settled_at", "next_look_at"])
    record_done(action, by=by, at=at, found=True)
    return action


@transaction.atomic
def it_was_not_done(action_id: int, *, by: Actor, at: datetime) -> Action:
    """Say that what nobody knew of was not done, and leave it at that. Raises CannotAct before the platform was read.

    It can be tried again later, as whatever a platform did not take.
    """
    action = _locked(action_id)
    if action.state == ActionState.REFUSED:
        return action
    if action.state != ActionState.UNCERTAIN:
        raise CannotAct(_("Only what nobody knows of can be said not to be done."))
    if action.looked_at is None:
        raise CannotAct(_("First the platform is read: it may have been done."))
    action.state, action.settled_at, action.next_look_at = ActionState.REFUSED, at, None
    action.save(update_fields=["state", "settled_at", "next_look_at"])
    record_plain(action, ActionRefused(action=action.pk), by=by, at=at)
    return action


def _others(action: Action) -> list[Action]:
    """What else was wanted of the order, the newest first."""
    return list(Action.objects.filter(order=action.order_id).exclude(pk=action.pk).order_by("-asked_at", "-pk"))


def _locked(action_id: int) -> Action:
    """The action, its order, its ticket and itself locked, in this order as everywhere."""
    Order.objects.select_for_update(of=("self",), no_key=True).get(actions=action_id)
    locked(Action.objects.values_list("ticket_id", flat=True).get(pk=action_id))
    return Action.objects.select_for_update(of=("self",)).select_related("store", "order").get(pk=action_id)
