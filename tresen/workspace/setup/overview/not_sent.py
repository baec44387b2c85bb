"""Answers that did not leave, and of which nobody knows whether they did; of tickets that are not done with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.models import Status
from tresen.tickets.queries import visible
from tresen.workspace.ticket.delivery_words import delivery_shown
from tresen.workspace.ticket.thread import DeliveryShown

FAILED = (DeliveryState.REFUSED, DeliveryState.BOUNCED, DeliveryState.UNCERTAIN)
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSentShown:
    """One of them, with its ticket and what became of it."""

    ticket: int
    subject: str
    store: str
    queued_at: datetime
    shown: DeliveryShown


def counted(scope: Scope) -> Mapping[DeliveryState, int]:
    """How many of a scope there are in each state that has any."""
    counts = dict(_all(scope).values_list("state").annotate(count=Count("pk")))
    return {state: counts[state.value] for state in FAILED if state.value in counts}


def listed(state: DeliveryState, scope: Scope, *, at: datetime) -> list[NotSentShown]:
    """Those of a state, the newest first."""
    found = _all(scope).filter(state=state).select_related("message__ticket", "store").order_by("-queued_at", "-pk")
    return [
        NotSentShown(
            ticket=one.message.ticket_id,
            subject=one.message.ticket.subject,
            store=one.store.name,
            queued_at=one.queued_at,
            shown=delivery_shown(one, at=at),
        )
        for one in found[:MOST]
    ]


def count_words(state: DeliveryState, count: int) -> str:
    """2 refused."""
    words = {
        DeliveryState.REFUSED: _("%(count)s refused"),
        DeliveryState.BOUNCED: _("%(count)s came back"),
        DeliveryState.UNCERTAIN: _("%(count)s perhaps sent"),
    }
    return words[state] % {"count": count}


def title_of(state: DeliveryState) -> str:
    """What their list is called."""
    return {
        DeliveryState.REFUSED: _("Answers that were refused"),
        DeliveryState.BOUNCED: _("Answers that came back"),
        DeliveryState.UNCERTAIN: _("Answers that were perhaps sent"),
    }[state]


def _all(scope: Scope) -> QuerySet[Delivery]:
    alive = visible(scope).exclude(status__in=[Status.SOLVED, Status.CLOSED])
    return Delivery.objects.filter(state__in=FAILED, message__ticket__in=alive)
