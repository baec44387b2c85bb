from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.stores.models import Brand, Store
from tresen.tickets.models import Ticket


class QueuePlace(models.Model):
    """Where a ticket that needs us stands. Order: queue_tier, sort_at, ticket. Gone when nothing is owed."""

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="place")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    language = models.CharField(max_length=5, blank=True)
    queue_tier = models.SmallIntegerField()
    act_by = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    actionable_from = models.DateTimeField()
    governing = models.CharField(max_length=80, blank=True)
    """The key of the clock that governs."""
    unstaffed = models.BooleanField(default=False)
    crossed = models.BooleanField(default=False)
    on_its_way = models.BooleanField(default=False)
    """An answer to all that is owed is queued: nobody needs to be served this ticket while it leaves."""
    task = models.CharField(max_length=20, blank=True)
    """What is asked besides an answer: "mark_at_platform", "settle_delivery", "not_arrived", or a duty by its kind."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(queue_tier__gte=0), name="routing_tier_known")]
        indexes = [
            models.Index(fields=["team", "queue_tier", "sort_at", "ticket"], name="routing_order"),
            models.Index(fields=["assignee", "queue_tier", "sort_at", "ticket"], name="routing_mine"),
        ]


class Lease(models.Model):
    """A ticket held by one agent's "next". Nobody else is served it until `until`."""

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="lease")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="leases")
    until = models.DateTimeField()


class Skip(models.Model):
    """An agent passed a ticket on, with a reason; not served to the agent again before `until`."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="skips")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="skips")
    reason = models.CharField(max_length=40)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="routing_skip_once")]
