from django.db import models

from tresen.orders.models import Order
from tresen.stores.models import Mailbox, Store
from tresen.tickets.models import Message
from tresen.uncertain.models import Looked
from tresen.vault.personal import Subject, personal


class DeliveryState(models.TextChoices):
    """`SENDING` after a crash means nobody knows: it becomes `UNCERTAIN` and a person settles it."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    HELD = "held"
    WITHDRAWN = "withdrawn"


class Delivery(Looked):
    """A reply, or a letter to a partner, on its way: the message is fixed, the attempts are counted.

    `opening`: no reply, but the first message of a conversation that we begin, of this kind (`channels.starting`), with
    the buyer of `order`.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    recipient = personal(models.CharField(max_length=320), Subject.BUYER)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Of a letter: it leaves through this mailbox as plain mail, whatever the store's channel. None: a reply."""
    closing = models.BinaryField(null=True)
    """What stands below a letter's text, sealed: the link in it opens a door, and only the recipient may read it."""
    idempotency_key = models.CharField(max_length=200, unique=True)
    answers_up_to = models.BigIntegerField()
    """The newest message its composer showed."""
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.IntegerField(default=0)
    queued_at = models.DateTimeField()
    """Since when it has been tried: a person who sends it again starts anew."""
    next_attempt_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=400, blank=True, db_index=True)
    answer = personal(models.TextField(blank=True), Subject.BUYER)
    """The server's own words, which may say whom it does not know."""
    opening = models.CharField(max_length=60, blank=True, db_default="")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], name="outbox_due", condition=models.Q(state="queued")),
            models.Index(fields=["next_look_at"], name="outbox_to_look", condition=models.Q(state="uncertain")),
            models.Index(fields=["-accepted_at"], name="outbox_accepted", condition=models.Q(state="accepted")),
            models.Index(fields=["store", "queued_at"], name="outbox_begun", condition=~models.Q(opening="")),
            models.Index(fields=["order"], name="outbox_begun_about", condition=models.Q(order__isnull=False)),
        ]


class DeliveryAttempt(models.Model):
    """One attempt, committed before anything is sent."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.IntegerField()
    started_at = models.DateTimeField()
    alive_at = models.DateTimeField()
    """When the sending process last said that it still lives. Long silence without an end: nobody knows the outcome."""
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    answer = personal(models.TextField(blank=True), Subject.BUYER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="outbox_attempt_number")]
        indexes = [
            models.Index(fields=["alive_at"], name="outbox_attempt_open", condition=models.Q(ended_at__isnull=True))
        ]


class DeliveryPart(models.Model):
    """What left beside an answer and belongs to it, by its id at the platform: a file that is a message of its own."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="parts")
    external_id = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["external_id", "delivery"], name="outbox_part_once")]


class Consent(models.Model):
    """What somebody said last of being written to by a store. `person` is a keyed hash: it names nobody."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.BinaryField()
    given = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "person"], name="outbox_consent_once")]


class PlatformReceipt(models.Model):
    """What a platform told of an answer of a store's, by the answer's id there; whether we know that id yet or not."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    external_id = models.CharField(max_length=400)
    stage = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["external_id", "store", "stage"], name="outbox_platform_receipt_once")
        ]
        indexes = [models.Index(fields=["recorded_at"], name="outbox_receipts_by_age")]
