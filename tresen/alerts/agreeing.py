"""A second pair of eyes: who may agree is told that something waits, and who asked what became of it.

One notice for each action and person. What was decided, or taken back, waits for nobody any more: its notices are read.
"""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import ActorKind
from tresen.accounts.models import Agent, Role
from tresen.actions.limiting import may_give_back
from tresen.actions.models import Action
from tresen.alerts.telling import News, tell
from tresen.sla.models import Notice
from tresen.stores.granting import scope_of
from tresen.tickets.events import ActionApproved, ActionAsked, ActionDeclined, ActionWithdrawn
from tresen.tickets.recorded import RecordedEvent

TO_AGREE = "to_agree"
AGREED = "agreed"
NOT_AGREED = "not_agreed"


def tell_of_agreeing(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Tell who may agree to what waits now, and who asked for what was decided now."""
    for entry in events:
        match entry.event:
            case ActionAsked(action=number, waits=True):
                action = _action(number)
                tell([_news(action, TO_AGREE, one, by=action.asked_by_id, at=at) for one in may_agree(action)], at=at)
            case ActionApproved(action=number):
                _decided(_action(number), AGREED, entry, at=at)
            case ActionDeclined(action=number):
                _decided(_action(number), NOT_AGREED, entry, at=at)
            case ActionWithdrawn(action=number):
                _settle(_action(number), at=at)
            case _:
                pass


def may_agree(action: Action) -> list[int]:
    """Who sees its ticket and may give back so much, but for who asked."""
    ticket = action.ticket
    roles = [role for role in Role if may_give_back(Agent(role=role), action.amount, action.currency)]
    return [
        agent.pk
        for agent in Agent.objects.filter(is_active=True, role__in=roles).order_by("pk")
        if agent.pk != action.asked_by_id
        and scope_of(agent).shows(team=ticket.team_id, store=ticket.store_id, brand=ticket.brand_id)
    ]


def _decided(action: Action, kind: str, entry: RecordedEvent, *, at: datetime) -> None:
    _settle(action, at=at)
    by = entry.by.id if entry.by.kind is ActorKind.AGENT else None
    if action.asked_by_id is not None:
        tell([_news(action, kind, action.asked_by_id, by=by, at=at)], at=at)


def _settle(action: Action, *, at: datetime) -> None:
    Notice.objects.filter(ticket=action.ticket_id, key=_key(action, TO_AGREE), read_at=None).update(read_at=at)


def _news(action: Action, kind: str, recipient: int, *, by: int | None, at: datetime) -> News:
    return News(ticket=action.ticket_id, key=_key(action, kind), kind=kind, recipient=recipient, fell_due_at=at, by=by)


def _key(action: Action, kind: str) -> str:
    return f"action:{action.pk}:{kind}"


def _action(number: int) -> Action:
    return Action.objects.select_related("ticket").get(pk=number)
