from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from tresen.accounts.models import Agent
from tresen.vault.personal import Subject, personal


class Segment(models.TextChoices):
    NEW = "new"
    REGULAR = "regular"
    VIP = "vip"


class Customer(models.Model):
    """A person who buys or asks. Knows nothing but a name of its own: everything else hangs on identities."""

    name = personal(models.CharField(max_length=200, blank=True), Subject.BUYER)
    segment = models.CharField(max_length=10, choices=Segment, default=Segment.NEW)
    created_at = models.DateTimeField()


class Identity(models.Model):
    """How a channel knows a customer. `realm` (a marketplace, or empty for plain mail) and `key` never change."""

    channel = models.CharField(max_length=30)
    realm = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    key = personal(models.CharField(max_length=320), Subject.BUYER)
    name = personal(models.CharField(max_length=200, blank=True), Subject.BUYER)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="identities")
    """What the newest decision says; the decisions are the truth."""
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "realm", "key"], name="customers_identity_once")]
        indexes = [
            GinIndex(SearchVector("name", config="simple"), name="customers_by_name"),
            models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="customers_by_key"),
        ]


class LinkVerdict(models.TextChoices):
    SAME = "same"
    NEVER = "never"


FIRST_CONTACT = "first_contact"
"""The evidence of an identity that made its own customer: nothing was known, so nothing was linked."""


class LinkDecision(models.Model):
    """Why an identity is (or is never) this customer. Append-only; the newest counts."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="decisions")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=LinkVerdict)
    evidence = models.CharField(max_length=40)
    decided_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField()
