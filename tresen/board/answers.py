"""The answers behind the board's numbers: whose, of which ticket, and when they were accepted."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from tresen.accounts.scope import Scope
from tresen.board.counting import LATELY, duty_at
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.models import MessageKind
from tresen.tickets.queries import visible

MOST = 500


def answers_of_shift(at: datetime, *, scope: Scope, most: int = MOST) -> Sequence[Delivery]:
    """Those by which the pace of this instant is reckoned, as `answers_since` gives them."""
    duty = duty_at(at)
    given = [Q(message__agent=agent, message__occurred_at__gte=came) for agent, came in duty.since.items()]
    given += [Q(message__ticket__team=team, message__occurred_at__gte=came) for team, came in duty.covered.items()]
    if not given:
        return []
    found = _accepted(at - LATELY, scope).filter(reduce(or_, given), message__agent__isnull=False, accepted_at__lte=at)
    return _listed(found, most)


def answers_since(since: datetime, *, scope: Scope, agent: int | None = None, most: int = MOST) -> Sequence[Delivery]:
    """Accepted after `since`, in scope, newest first, with their message, its agent, its ticket and its store."""
    found = _accepted(since, scope)
    return _listed(found if agent is None else found.filter(message__agent=agent), most)


def _accepted(since: datetime, scope: Scope) -> QuerySet[Delivery]:
    left = Delivery.objects.filter(
        state=DeliveryState.ACCEPTED, accepted_at__gt=since, message__ticket__in=visible(scope)
    )
    return left.exclude(message__kind=MessageKind.THIRD_PARTY)  # what partners are asked answers nobody


def _listed(found: QuerySet[Delivery], most: int) -> Sequence[Delivery]:
    known = found.select_related("message__agent", "message__ticket", "store")
    return list(known.order_by("-accepted_at", "-pk")[:most])
