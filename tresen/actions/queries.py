"""What was wanted of orders at their platforms."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.actions.limiting import fits, most_alone
from tresen.actions.models import Action, ActionState
from tresen.tickets.queries import visible


def actions_of(order_ids: Collection[int]) -> Mapping[int, Sequence[Action]]:
    """What was wanted of these orders, the newest first. The caller has shown that the agent may see them."""
    found: dict[int, list[Action]] = defaultdict(list)
    rows = Action.objects.filter(order__in=order_ids).exclude(state=ActionState.WITHDRAWN)
    for action in rows.select_related("asked_by", "decided_by", "store").order_by("-asked_at", "-pk"):
        found[action.order_id].append(action)
    return found


def to_agree_to(*, scope: Scope, most: int = 100) -> Sequence[Action]:
    """What waits for a second pair of eyes in this scope, the longest waiting first."""
    rows = Action.objects.filter(state=ActionState.ASKED, ticket__in=visible(scope))
    named = rows.select_related("asked_by", "order__identity", "store", "ticket__identity")
    return list(named.prefetch_related("order__refunds").order_by("asked_at", "pk")[:most])


def waiting_for(agent: Agent, *, scope: Scope, most: int = 100) -> int:
    """How many actions of the scope wait for this agent, who may agree to them; `most` stands for more."""
    rows = Action.objects.filter(state=ActionState.ASKED, ticket__in=visible(scope)).exclude(asked_by=agent)
    waiting = list(rows.values_list("amount", "currency")[:most])
    limits = {currency: most_alone(agent.role, currency) for currency in {currency for _, currency in waiting}}
    return sum(fits(amount, currency, limits[currency]) for amount, currency in waiting)
