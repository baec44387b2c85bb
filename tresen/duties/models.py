from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.orders.models import Case
from tresen.stores.models import Brand, Store
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.vault.personal import Subject, personal


class CaseTie(models.Model):
    """Which ticket handles a case: there stand its events, its clock and its place in the queue."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="tie")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="cases")


class PromiseKind(models.TextChoices):
    """What was promised to the counterpart, or a date on which to chase somebody."""

    PROMISE = "promise"
    FOLLOW_UP = "follow_up"


class Promise(models.Model):
    """What somebody of us said they would do. Until when, and whether it was kept, stands in the ledger."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=10, choices=PromiseKind, default=PromiseKind.PROMISE)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="promises")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    """The answer that gave it, where one did: taken back before it left, it promised nothing."""
    what = personal(models.CharField(max_length=200, blank=True), Subject.BUYER)
    made_at = models.DateTimeField()


class FormerWords(models.Model):
    """What a promise said before it was put in other words. When, and by whom, stands in the ledger."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="former_words")
    what = personal(models.CharField(max_length=200, blank=True), Subject.BUYER)


class RequestKind(models.TextChoices):
    """What the law grants by a date, by the key of the legal packs."""

    ACCESS = "access_request"
    ERASURE = "erasure_request"
    WITHDRAWAL = "withdrawal_refund"
    BREACH = "data_breach"


class LegalRequest(models.Model):
    """A request that the law gives time for. Until when, and who fulfilled it, stands in the ledger."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="legal_requests")
    kind = models.CharField(max_length=20, choices=RequestKind)
    received_at = models.DateTimeField()
    noted_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")


class Unmarked(models.Model):
    """A message that needs no response and still has to be marked so on the platform. What the clocks say, kept.

    `mark_by` is the platform's next limit that can still be kept; NEVER where all of them have passed.
    """

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="unmarked")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="unmarked")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark_by = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team", "mark_by", "message"], name="duties_mark_by")]


class UnknownNotice(models.Model):
    """A platform's notice that nobody understood: people see it in a list until somebody has read it."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="unknown_notice")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    occurred_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["occurred_at", "message"], name="duties_unread", condition=models.Q(read_at__isnull=True)
            )
        ]
