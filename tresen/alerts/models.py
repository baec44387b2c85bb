from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.sla.models import Notice
from tresen.staffing.models import LastChange
from tresen.stores.models import Mailbox
from tresen.tickets.models import Ticket
from tresen.vault.personal import Contract, Subject, personal


class NoticeGroup(models.TextChoices):
    """What people choose by: each kind of notice belongs to one."""

    WARNINGS = "warnings"
    MISSED = "missed"
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"


class Rhythm(models.TextChoices):
    """How often mails leave."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"


class WaysOut(LastChange):
    """How notices leave the house; one row. Without a mailbox no mail leaves."""

    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+")
    on_call_email = personal(models.EmailField(blank=True), Subject.AGENT, Contract.SELLER)


class Preference(models.Model):
    """What one agent wants by mail. Without a row: missed, escalated and handed over, at once."""

    agent = models.OneToOneField(Agent, primary_key=True, on_delete=models.CASCADE, related_name="notice_preference")
    mailed = ArrayField(models.CharField(max_length=12, choices=NoticeGroup), default=list)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.AT_ONCE)
    most = models.SmallIntegerField(default=5)
    """After so many within `within` minutes the rest comes in one mail."""
    within = models.SmallIntegerField(default=10)
    quiet = models.BooleanField(default=True)
    """Outside of the agent's working time nothing comes, unless a platform's limit would pass before."""


class Webhook(LastChange):
    """A chat that is told. Its secret lies in the vault under "webhook:<id>"."""

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    groups = ArrayField(models.CharField(max_length=12, choices=NoticeGroup), default=list)
    language = models.CharField(max_length=5, default="en")
    allows_private = models.BooleanField(default=False)
    """Whether it may lie in our own network."""
    retired_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    troubled_since = models.DateTimeField(null=True)


class PostingState(models.TextChoices):
    """`SENDING` after a crash means nobody knows: it becomes `UNCERTAIN`, and is not sent again."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given_up"


class Posting(models.Model):
    """One mail or one call of a webhook on its way, with one notice or several."""

    target = models.CharField(max_length=40)
    """"agent:5", "on_call" or "webhook:3"."""
    agent = models.ForeignKey(Agent, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    webhook = models.ForeignKey(Webhook, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=PostingState, default=PostingState.QUEUED)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    """What the other side said, or what was wrong."""

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], name="alerts_due", condition=models.Q(state="queued")),
            models.Index(fields=["started_at"], name="alerts_open", condition=models.Q(state="sending")),
            models.Index(fields=["target", "-created_at"], name="alerts_of_target"),
        ]


class PostedNotice(models.Model):
    """A notice that goes a way out: once for each of its targets, whoever passes it on and however often."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="lines")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    ticket_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    target = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket_id", "key", "target"], name="alerts_posted_once")]
        indexes = [models.Index(fields=["target", "-created_at"], name="alerts_lines_of_target")]


class HandOverState(models.TextChoices):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    HANDED_BACK = "handed_back"
    WITHDRAWN = "withdrawn"


class HandOver(models.Model):
    """Work offered by one agent to another, or to a team; at most one a ticket is open."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = personal(models.TextField(), Subject.BUYER)
    """What the receiver must know; it may speak of the customer."""
    answer = personal(models.TextField(blank=True), Subject.BUYER)
    """Why it was handed back."""
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=HandOverState, default=HandOverState.OFFERED)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], name="alerts_one_open_offer", condition=models.Q(state=HandOverState.OFFERED)
            )
        ]
        indexes = [
            models.Index(fields=["offered_at"], name="alerts_offered", condition=models.Q(state=HandOverState.OFFERED))
        ]
