from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent
from tresen.duties.models import Promise
from tresen.stores.models import Brand, Mailbox, Store
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.questions import QuestionState
from tresen.vault.personal import Contract, Subject, personal


class PartnerKind(models.TextChoices):
    """Decides what a question carries by itself: each gets to know only what it needs."""

    WAREHOUSE = "warehouse"
    CARRIER = "carrier"
    SUPPLIER = "supplier"
    OTHER = "other"


class Counting(models.TextChoices):
    """By which days the usual time until an answer counts."""

    WORKING_DAYS = "working_days"
    DAYS = "days"


class Partner(models.Model):
    """A warehouse, carrier, supplier or another third party that is asked from tickets.

    Without brands and stores it is asked from every ticket; with them from those of these brands or stores.
    """

    name = personal(models.CharField(max_length=80), Subject.PARTNER, Contract.SELLER)
    kind = models.CharField(max_length=10, choices=PartnerKind)
    address = personal(models.CharField(max_length=320), Subject.PARTNER, Contract.SELLER)
    also_from = personal(ArrayField(models.CharField(max_length=320), default=list), Subject.PARTNER, Contract.SELLER)
    """Who else may answer for it: whole addresses, or "@lager.example" for everybody there."""
    language = models.CharField(max_length=5)
    days = models.SmallIntegerField()
    """How long an answer usually takes."""
    counting = models.CharField(max_length=12, choices=Counting, default=Counting.WORKING_DAYS)
    mailbox = models.ForeignKey(Mailbox, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The mailbox that asks. None: that of the ticket's store."""
    brands = models.ManyToManyField(Brand, related_name="+", blank=True)
    stores = models.ManyToManyField(Store, related_name="+", blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """Something asked of a partner. All but who is asked and the code is a projection of the ticket's events."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="questions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="questions")
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="question")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    """Stands in the subject, so that an answer whose program drops all headers still finds its way."""
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in QuestionState], default=QuestionState.OPEN
    )
    promise = models.ForeignKey(Promise, null=True, on_delete=models.SET_NULL, related_name="questions")
    """Holds the date on which to chase the answer."""
    unread_since = models.DateTimeField(null=True)


class QuestionLink(models.Model):
    """The door in one of a question's mails. Only a hash of its token is kept."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="links")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
