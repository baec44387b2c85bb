from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.customers.models import Identity
from tresen.files.models import Blob
from tresen.orders.models import Order
from tresen.stores.models import Brand, Mailbox, Store
from tresen.vault.personal import Subject, personal


class Status(models.TextChoices):
    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    SOLVED = "solved"
    CLOSED = "closed"


class WaitingOn(models.TextChoices):
    NOBODY = ""
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"


class Ticket(models.Model):
    """A piece of work. All but the texts is a projection of its events: a test replays them to the same rows."""

    public_id = models.UUIDField(unique=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="tickets")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="tickets")
    subject = personal(models.CharField(max_length=500, blank=True), Subject.BUYER)
    language = models.CharField(max_length=5, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    waiting_on = models.CharField(max_length=12, choices=WaitingOn, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="tickets")
    risk_tier = models.SmallIntegerField(default=2)
    risk_reason = models.CharField(max_length=60, blank=True)
    resolution = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField()
    last_sequence = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["team", "status", "-last_message_at", "-id"], name="tickets_team_status"),
            models.Index(
                fields=["snoozed_until"], name="tickets_snoozed", condition=models.Q(snoozed_until__isnull=False)
            ),
        ]


class Conversation(models.Model):
    """The channel's thread with one counterpart. A ticket holds one or more; clocks of one never stop the other's."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="conversations")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    surface = models.CharField(max_length=12, blank=True, default="", db_default="")
    """Where at the channel it is held: empty for words that only the two read."""
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="conversations")
    subject = personal(models.CharField(max_length=500, blank=True), Subject.BUYER)
    opened_at = models.DateTimeField()


class ConversationTie(models.Model):
    """A key that leads back to a conversation: the platform's case or thread, a Message-ID, an order, a buyer."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="ties")
    # Not asked for again in the database, hundreds of times a batch: it is where the message was filed, and stays.
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=12)
    value = personal(models.CharField(max_length=400), Subject.BUYER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "kind", "value", "conversation"], name="tickets_tie_once")
        ]


class Direction(models.TextChoices):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class MessageKind(models.TextChoices):
    MESSAGE = "message"
    NOTE = "note"
    PLATFORM_NOTICE = "platform_notice"
    OWN_ANSWER = "own_answer"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"
    THIRD_PARTY = "third_party"
    """Between us and a partner: never to the buyer, never from him."""


class Message(models.Model):
    """Text to or from the customer or a partner, a note, or a notice. `id` grows in the order we recorded them."""

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="messages")
    """None for notes: they belong to the ticket."""
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=8, choices=Direction)
    kind = models.CharField(max_length=16, choices=MessageKind)
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="+")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = personal(models.CharField(max_length=500, blank=True), Subject.BUYER)
    text = personal(models.TextField(blank=True), Subject.BUYER)
    full_text = personal(models.TextField(blank=True), Subject.BUYER)
    html = personal(models.TextField(blank=True), Subject.BUYER)
    language = models.CharField(max_length=5, blank=True)
    notice_kind = models.CharField(max_length=40, blank=True)
    reply_to = personal(models.CharField(max_length=320, blank=True), Subject.BUYER)
    reply_reference = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=400, blank=True)
    dedupe_key = models.BinaryField(null=True)
    """SHA-256 over Message-ID and content: the same mail to two mailboxes of a brand is one message."""
    links = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dedupe_key", "brand"], name="tickets_message_once")]
        indexes = [
            models.Index(fields=["ticket", "occurred_at", "id"], name="tickets_thread"),
            models.Index(fields=["external_id"], name="tickets_external", condition=~models.Q(external_id="")),
            # Rows lie almost in this order: a few pages say where a weekend's messages are.
            BrinIndex(fields=["occurred_at"], name="tickets_message_when", autosummarize=True),
        ]


class MessageArrival(models.Model):
    """One way a message came in: the payload's number survives the payload's bytes."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="arrivals")
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+")
    payload_number = models.BigIntegerField()
    position = models.SmallIntegerField(default=0)
    """Which of the payload's meanings: one mail may say two things (a notice and a refusal)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payload_number", "position"], name="tickets_arrival_once"),
        ]


class Attachment(models.Model):
    """A file of a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = personal(models.CharField(max_length=255), Subject.BUYER)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)


class TicketParticipant(models.Model):
    """Someone who takes part: may write into the ticket's conversations."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="participants", db_index=False)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "identity"], name="tickets_participant_once")]


class TicketOrder(models.Model):
    """An order that a ticket concerns. `order` is empty while we do not know it yet.

    `source`: a `message` named it, an `agent` said so, or the ticket was `begun` from it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="orders", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=80)
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="tickets")
    source = models.CharField(max_length=12)
    primary = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "number"], name="tickets_order_once")]
        indexes = [models.Index(fields=["store", "number"], name="tickets_order_number")]


class RemovedOrder(models.Model):
    """An order of which an agent said that a ticket does not concern it: no later message attaches it again."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="removed_orders", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=80)
    removed_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "number"], name="tickets_order_removed_once")]


class Tag(models.Model):
    """A word the seller sorts tickets by."""

    name = models.CharField(max_length=40, unique=True)


class TicketTag(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="tags", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="tickets_tag_once")]


class TicketLinkKind(models.TextChoices):
    CONTINUES = "continues"
    OTHER_BRAND = "other_brand"
    MERGED_INTO = "merged_into"


class TicketLink(models.Model):
    """An edge between tickets. Merging is an edge too: nothing moves."""

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_out", db_index=False)
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=TicketLinkKind)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="tickets_link_once")]


class TicketEvent(models.Model):
    """One recorded fact about a ticket. Append-only: a trigger refuses UPDATE and DELETE."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events", db_index=False)
    sequence = models.IntegerField()
    kind = models.CharField(max_length=40)
    version = models.SmallIntegerField(default=1)
    facts = models.JSONField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    source_key = models.CharField(max_length=120)
    """Unique per ticket and kind: a retry or a second reading records nothing twice."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "sequence"], name="tickets_event_sequence"),
            models.UniqueConstraint(fields=["ticket", "kind", "source_key"], name="tickets_event_once"),
        ]
