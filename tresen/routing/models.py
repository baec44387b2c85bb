from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.stores.models import Brand, Store
from tresen.tickets.models import Ticket


class Lane(models.TextChoices):
    """A slice of the queue: what is of tier 0, what can be kept, what is missed, and who asks before buying."""

    CLAIMS = "claims"
    SAVABLE = "savable"
    LOST = "lost"
    PRE_SALE = "pre_sale"


class QueuePlace(models.Model):
    """Where a ticket that needs us stands. Order: queue_tier, sort_at, ticket. Gone when nothing is owed.

    `calm_tier` and `calm_sort_at` follow from the ledger; `in_danger` is what the last look at the backlog found, and
    the order is made of both.
    """

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="place")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    language = models.CharField(max_length=5, blank=True)
    queue_tier = models.SmallIntegerField()
    act_by = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    calm_tier = models.SmallIntegerField(null=True)
    calm_sort_at = models.DateTimeField(null=True)
    platform_due = models.DateTimeField(null=True)
    """The platform's earliest limit that can still be kept."""
    limit_due = models.DateTimeField(null=True)
    """The earliest limit of all that others have set: the platform's, a case's deadline, the law's."""
    in_danger = models.BooleanField(default=False, db_default=False)
    pre_sale = models.BooleanField(null=True)
    """Somebody asks before buying; null until it was looked at."""
    actionable_from = models.DateTimeField()
    governing = models.CharField(max_length=80, blank=True)
    """The key of the clock that governs."""
    unstaffed = models.BooleanField(default=False)
    crossed = models.BooleanField(default=False)
    on_its_way = models.BooleanField(default=False)
    """An answer to all that is owed is queued: nobody needs to be served this ticket while it leaves."""
    in_chat = models.BooleanField(default=False, db_default=False)
    """All that is owed was said in a live chat that an agent has, or is offered: it is in no list, nor served."""
    task = models.CharField(max_length=20, blank=True)
    """What is asked besides an answer: a duty by its kind, or a task of `placing` (MARK_AT_PLATFORM, CASE_TOLD …)."""
    own_due = models.DateTimeField(null=True)
    duty_due = models.DateTimeField(null=True)
    """When the next of our targets, and of the ticket's duties, runs out that can still be kept."""
    own_missed = models.BooleanField(default=False, db_default=False)
    platform_missed = models.BooleanField(default=False, db_default=False)
    duty_missed = models.BooleanField(default=False, db_default=False)
    """Whether one is missed and still unanswered."""
    owed_since = models.DateTimeField(null=True)
    """When the oldest message came in that waits for an answer; None where none does."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(queue_tier__gte=0), name="routing_tier_known")]
        indexes = [
            models.Index(fields=["team", "queue_tier", "sort_at", "ticket"], name="routing_order"),
            models.Index(fields=["assignee", "queue_tier", "sort_at", "ticket"], name="routing_mine"),
            models.Index(
                fields=["team", "language", "queue_tier", "sort_at", "ticket"],
                name="routing_free",
                condition=models.Q(assignee=None, on_its_way=False),
            ),
            models.Index(
                fields=["team", "language", "queue_tier", "sort_at", "ticket"],
                name="routing_buying",
                condition=models.Q(assignee=None, on_its_way=False, pre_sale=True),
            ),
            models.Index(fields=["team", "platform_due"], name="routing_due"),
            models.Index(
                fields=["team", "own_due", "ticket"],
                name="routing_own_due",
                condition=models.Q(own_due__isnull=False),
            ),
            models.Index(
                fields=["team", "duty_due", "ticket"],
                name="routing_duty_due",
                condition=models.Q(duty_due__isnull=False),
            ),
            models.Index(
                fields=["team", "queue_tier", "sort_at", "ticket"],
                name="routing_own_missed",
                condition=models.Q(own_missed=True),
            ),
            models.Index(
                fields=["team", "queue_tier", "sort_at", "ticket"],
                name="routing_platform_missed",
                condition=models.Q(platform_missed=True),
            ),
            models.Index(
                fields=["team", "queue_tier", "sort_at", "ticket"],
                name="routing_duty_missed",
                condition=models.Q(duty_missed=True),
            ),
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
    skipped_at = models.DateTimeField(null=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="routing_skip_once")]


class Backlog(models.Model):
    """When a team must have begun with what is due when, as it was last reckoned: two lists of the same length.

    A `start_by` of null: too late, whoever had worked. A team is claimed by `reckoned_at` before its backlog is
    reckoned, so that one worker does it, and the next minute again whatever became of that worker.
    """

    team = models.OneToOneField(Team, primary_key=True, on_delete=models.CASCADE, related_name="+")
    reckoned_at = models.DateTimeField()
    due = ArrayField(models.DateTimeField(), default=list)
    start_by = ArrayField(models.DateTimeField(null=True), default=list)


class Handling(models.Model):
    """How long an answer takes: the median of four weeks. Renewed daily."""

    channel = models.CharField(max_length=40)
    intent = models.CharField(max_length=40, blank=True)
    """Empty: of any intent."""
    takes = models.DurationField()
    answers = models.IntegerField()
    reckoned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "intent"], name="routing_handling_once")]


class LaneShare(models.Model):
    """The share of a team's agents, in percent, that works on one lane when there is work in it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="lane_shares")
    lane = models.CharField(max_length=10, choices=Lane)
    percent = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "lane"], name="routing_lane_once")]
