"""The open tickets that count by a policy: how many, and which, of those that the reader may see."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, F, QuerySet

from tresen.accounts.scope import EVERYTHING, Scope
from tresen.sla.models import Clock, Outcome
from tresen.tickets.queries import visible

MOST = 200


def open_by_policy(scope: Scope) -> Mapping[int, int]:
    """How many tickets have a clock of each policy that is neither met nor missed, by the policy's id."""
    counts = _open(scope).values("policy_version__policy").annotate(count=Count("ticket", distinct=True))
    return dict(counts.values_list("policy_version__policy", "count"))


def open_of(policy_id: int, scope: Scope) -> Sequence[Clock]:
    """For each ticket of one policy the clock that is due first; the first due come first."""
    clocks = _open(scope).filter(policy_version__policy=policy_id)
    firsts = clocks.order_by("ticket", F("due").asc(nulls_last=True), "pk").distinct("ticket").values("pk")
    found = Clock.objects.filter(pk__in=firsts).select_related("ticket", "store", "team")
    return list(found.order_by(F("due").asc(nulls_last=True), "pk")[:MOST])


def _open(scope: Scope) -> QuerySet[Clock]:
    """Running or paused. Who runs has an alarm ahead, and alarms have an index of their own."""
    found = Clock.objects.filter(next_alarm_at__isnull=False, outcome__in=[Outcome.RUNNING, Outcome.PAUSED])
    found = found.filter(policy_version__isnull=False)
    return found if scope == EVERYTHING else found.filter(ticket__in=visible(scope))
