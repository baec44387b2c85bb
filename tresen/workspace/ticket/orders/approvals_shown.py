"""What waits for a second pair of eyes, with what somebody must know to agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.actions.limiting import most_alone
from tresen.actions.models import Action
from tresen.actions.queries import actions_of, to_agree_to
from tresen.actions.remaining import going_back
from tresen.channels.money import minor_units
from tresen.orders.models import Order
from tresen.workspace.money import money
from tresen.workspace.ticket.orders.actions_shown import ActionShown, action_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalShown:
    """One action that waits; `facts`: the order's total, what went back of it before, what who asked may do alone."""

    action: Action
    shown: ActionShown
    subject: str
    buyer: str
    facts: Sequence[str]


def approvals_shown(*, scope: Scope, agent_id: int, at: datetime) -> list[ApprovalShown]:
    """What waits in this scope, the longest waiting first, with a fixed number of queries but for the limits."""
    waiting = to_agree_to(scope=scope)
    wanted = actions_of({one.order_id for one in waiting})
    return [
        ApprovalShown(
            action=one,
            shown=action_shown(one, one.order, agent_id=agent_id, at=at),
            subject=one.ticket.subject or _("No subject"),
            buyer=_buyer(one),
            facts=_facts(one, wanted[one.order_id]),
        )
        for one in waiting
    ]


def _buyer(action: Action) -> str:
    known = action.ticket.identity or action.order.identity
    return known.name or known.key if known else ""


def _facts(action: Action, wanted: Sequence[Action]) -> list[str]:
    order, currency = action.order, action.currency
    facts = [
        _("Order total %(sum)s") % {"sum": money(order.total, currency)},
        _before(order, action, wanted),
    ]
    most = most_alone(action.asked_by.role, currency) if action.asked_by else None
    if action.asked_by and most is not None:
        told = {"name": action.asked_by.name, "sum": money(minor_units(most, currency), currency)}
        facts.append(_("%(name)s may give back %(sum)s alone") % told)
    return facts


def _before(order: Order, action: Action, wanted: Sequence[Action]) -> str:
    gone = sum(refund.amount for refund in order.refunds.all())
    coming = sum(one.amount for one in going_back(order, wanted) if one.pk != action.pk)
    if not gone and not coming:
        return _("nothing went back before")
    told = {"gone": money(gone, order.currency), "coming": money(coming, order.currency)}
    if not coming:
        return _("%(gone)s went back before") % told
    return _("%(gone)s went back before, %(coming)s are under way or may be") % told
