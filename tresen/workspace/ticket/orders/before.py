"""What was done about an order before, for who is about to do more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tresen.actions.models import Action
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order, Return
from tresen.workspace.money import money
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.orders.actions_shown import STATES, TITLES


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingShown:
    """Money that is on its way back, or may be, and that the platform does not tell of yet."""

    title: str
    state: str
    amount: int


def coming_shown(action: Action) -> ComingShown:
    """How it stands in the list of what went back before."""
    return ComingShown(title=name_of(action.kind, TITLES), state=name_of(action.state, STATES), amount=action.amount)


def warning_of(action: Action) -> str:
    """What to know before money goes back once more."""
    amount = {"sum": money(action.amount, action.currency)}
    if action.kind == OrderAction.CANCEL:
        return (
            _("The order may have been cancelled already, with %(sum)s going back: settle that in the ticket first.")
            % amount
        )
    return _("A refund of %(sum)s may have been made already: settle that in the ticket first.") % amount


def items_of(back: Return, order: Order) -> Sequence[str]:
    """What comes back, by the order's own titles where a platform names lines by their numbers alone."""
    titles = {line.external_id: line.title for line in order.lines.all() if line.external_id}
    return [_titled(item, titles) for item in back.items]


def _titled(item: str, titles: dict[str, str]) -> str:
    found = _NUMBERED.fullmatch(item)
    return f"{found[1]}{titles[found[2]]}" if found and found[2] in titles else item


_NUMBERED = re.compile(r"(\d+ × )(?:\w+ )?(\S+)")
