from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.staffing.models import LastChange, TimetableVersion
from tresen.stores.models import Brand, Store
from tresen.tickets.models import Conversation, Message, Ticket


class Policy(LastChange):
    """SLA conditions plus targets; the first that fits applies. What it says stands in versions."""

    name = models.CharField(max_length=80)
    position = models.IntegerField()
    """From 1, without gaps; retired ones come last."""
    enabled = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position"], name="sla_policy_position", deferrable=models.Deferrable.DEFERRED
            )
        ]


class PolicyVersion(models.Model):
    """What a policy said from `created_at` on. Never edited."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    conditions = models.JSONField()
    """{"channels": [...], "stores": [...], …}; see tresen/sla/conditions.py."""
    targets = models.JSONField()
    """{"first_reply": {"minutes": 840, "hours": "always"}, …}; see tresen/sla/targets.py."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="sla_policy_version")]


class ClockKind(models.TextChoices):
    PLATFORM = "platform"
    AVERAGE = "average"
    WINDOW = "window"
    OWN = "own"
    RESOLUTION = "resolution"
    CASE = "case"
    PROMISE = "promise"
    LEGAL = "legal"


class Outcome(models.TextChoices):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_PROVISIONAL = "met_provisional"
    BREACHED = "breached"
    WAIVED = "waived"
    VOID = "void"


class StepOutcome(models.TextChoices):
    """How a step of a ladder ended. `STALE`: what it warned of has come, or gone; `DISCHARGED`: answered meanwhile."""

    TAKEN = "taken"
    STALE = "stale"
    DISCHARGED = "discharged"


class Clock(models.Model):
    """One run of one target on one ticket: what the fold says. Recomputed, never edited."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=ClockKind)
    metric = models.CharField(max_length=20)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome)
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    provisional_until = models.DateTimeField(null=True)
    policy_version = models.ForeignKey(PolicyVersion, null=True, on_delete=models.PROTECT, related_name="+")
    hours_version = models.ForeignKey(TimetableVersion, null=True, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=60, blank=True)
    """The rule pack's edition, e.g. "amazon 2026-11-22"."""
    next_alarm_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)
    # Agents are never deleted, and no clock of hundreds in a batch need ask for them.
    ended_by = models.ForeignKey(
        Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False, db_constraint=False
    )
    """Whose answer or waiver ended it; see tresen/sla/crediting.py."""
    worked = models.BigIntegerField(null=True)
    """Seconds from start to answer in the target's own hours."""
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "key"], name="sla_clock_once")]
        indexes = [
            models.Index(fields=["started_at"], name="sla_clock_started"),
            models.Index(
                fields=["next_alarm_at"], name="sla_clock_alarm", condition=models.Q(next_alarm_at__isnull=False)
            ),
        ]


class LateAlarm(models.Model):
    """An alarm that had come before it was written; see tresen/sla/late_alarms.py."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    alarm = models.DateTimeField()


class LadderStep(models.Model):
    """A step of a ladder that must be taken, or was: planned when its moment came, settled once."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ladder_steps", db_index=False)
    key = models.CharField(max_length=120)
    """What fell due and which step: "own:17:breached#2"."""
    clock = models.CharField(max_length=80)
    policy_version = models.ForeignKey(
        PolicyVersion, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Whose ladder it is; none for the standard one."""
    number = models.SmallIntegerField()
    step = models.JSONField()
    """What the step said when its moment came; see tresen/sla/ladders.py."""
    fell_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When it is looked at next; while nobody it would tell is at work it waits."""
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=StepOutcome, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "key"], name="sla_step_once")]
        indexes = [models.Index(fields=["due_at"], name="sla_step_due", condition=models.Q(settled_at=None))]


class Notice(models.Model):
    """What was told to whom about a ticket. `key` makes a replay tell it once."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notices", db_index=False)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    clock = models.CharField(max_length=80, blank=True, default="", db_default="")
    """The key of the clock it is about; empty where it is about none."""
    by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    """Whose doing it tells of, where it was a person's."""
    recipient = models.ForeignKey(Agent, null=True, on_delete=models.CASCADE, related_name="notices")
    fell_due_at = models.DateTimeField()
    shown_from = models.DateTimeField()
    """In the recipient's working time, unless the platform's limit would pass first."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    """When it was given to the ways that lead out of the house (e-mail, chat): not before `shown_from`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "key", "recipient"], name="sla_notice_once", nulls_distinct=False)
        ]
        indexes = [
            models.Index(fields=["recipient", "shown_from"], name="sla_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["recipient", "-shown_from", "-id"], name="sla_notice_list"),
            models.Index(fields=["shown_from"], name="sla_to_pass_on", condition=models.Q(passed_on_at=None)),
        ]


class EditReason(models.TextChoices):
    """What was edited, so that open clocks may have to be counted anew. `RULES`: the rules of a platform.

    `STORE_HOURS`: a store has another timetable of its own, or none any more.
    """

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    ENABLED = "enabled"
    DISABLED = "disabled"
    RETIRED = "retired"
    TIMETABLE = "timetable"
    COVERAGE = "coverage"
    RULES = "rules"
    STORE_HOURS = "store_hours"
    ON_CALL = "on_call"


class Mode(models.TextChoices):
    """What an edit does to open clocks: nothing; the new time from the edit on; as if it had always been so."""

    KEEP = "keep"
    FROM_NOW = "from_now"
    FROM_START = "from_start"


class Recalculation(models.Model):
    """An edit, and what became of the clocks that were open then. Worked off by `sla.recalculating`, oldest first.

    The counts are of clocks of ours; with reason RULES, of the platform's. `timetable_version` is the new one;
    `version` is set where a policy's targets alone changed: then nobody has to be asked again which policy fits.
    """

    reason = models.CharField(max_length=12, choices=EditReason)
    mode = models.CharField(max_length=12, choices=Mode)
    policies = models.JSONField(default=list)
    """The ids of the policies that were edited: only tickets that come to one of them, or leave it, are concerned."""
    version = models.ForeignKey(PolicyVersion, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    timetable_version = models.ForeignKey(
        TimetableVersion, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    store_rules = models.ForeignKey(
        "sla.StoreRules", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The new version of what a store says in place of its platform's rules."""
    teams = models.JSONField(default=list)
    """The ids of the teams that work by other hours; none with reason COVERAGE: all that have no hours of their own."""
    stores = models.JSONField(default=list)
    """The ids of the stores that have other hours."""
    on_call = models.ForeignKey(
        "staffing.OnCallEdition", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who can be called from the edit on."""
    on_call_stamp = models.CharField(max_length=40, blank=True, default="", db_default="")
    """Tells whether the whole on-call list is the one that this edit left."""
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    total = models.IntegerField(null=True)
    """How many tickets are to be looked at; None until they are listed."""
    done = models.IntegerField(default=0)
    earlier = models.IntegerField(default=0)
    later = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    begun = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="sla_recalculating", condition=models.Q(finished_at=None)),
        ]


class RecalculationTicket(models.Model):
    """A ticket that a recalculation still has to look at."""

    pk = models.CompositePrimaryKey("recalculation", "ticket")
    recalculation = models.ForeignKey(Recalculation, on_delete=models.CASCADE, related_name="left", db_index=False)
    # Nobody asks the database a hundred thousand times whether the tickets it has just listed exist.
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)


class RuleEdition(models.Model):
    """An edition of a platform's rules as it counted, its calendars' holidays resolved. Kept for good, never edited.

    An upgrade that says something else under the same name, or knows other holidays, adds another `number` of it.
    """

    name = models.CharField(max_length=60, unique=True)
    """What the ledger names: "kaufland de 2026-01-01", from the second number on "kaufland de 2026-01-01 r2"."""
    base = models.CharField(max_length=50)
    """The edition's name in its file."""
    number = models.IntegerField()
    contents = models.JSONField()
    """The edition as its file wrote it, and "closed": the closed days of each of its calendars."""
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "number"], name="sla_rule_edition_number")]


class StoreRules(models.Model):
    """What counts for one store in place of its platform's rules, from `created_at` on. Never edited.

    The newest version counts; one that says nothing takes back what was said before.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="rule_versions")
    number = models.IntegerField()
    limits = models.JSONField(default=dict)
    """{"response_rate": 720}: minutes by the key of a limit, null for a limit that does not count here."""
    stretches = models.JSONField(default=dict)
    """{"holiday_mode": [["2026-12-24T00:00:00Z", null]]}: when an exclusion holds, by its key."""
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="sla_store_rules_number")]
