from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent
from tresen.stores.models import Store
from tresen.tickets.models import Conversation
from tresen.vault.personal import Subject, personal

SLOTS = 3
"""So many chats at once an agent has who was given no other number."""


class Standing(models.TextChoices):
    """How a chat stands with the agents. `QUEUE`: nobody has it; what is owed in it stands in the queue."""

    QUEUE = "queue"
    OFFERED = "offered"
    TAKEN = "taken"


class Chat(models.Model):
    """What one browser and we write to each other on a page of a store's website.

    `conversation`: where it is filed; none until its first message was read. `seen_at`: the last sign of life of the
    page. `unanswered_since`: when the oldest message came in that no answer covers, on its way or arrived.
    """

    key = models.BinaryField(max_length=32, null=True, unique=True)
    """A keyed hash of what the browser keeps; none once nobody may read on by it."""
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    conversation = models.OneToOneField(Conversation, null=True, on_delete=models.CASCADE, related_name="chat")
    email = personal(models.CharField(max_length=254), Subject.BUYER)
    name = personal(models.CharField(max_length=120, blank=True), Subject.BUYER)
    language = models.CharField(max_length=5, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    left_at = models.DateTimeField(null=True)
    """When the visitor said that he goes; writing again brings him back."""
    by_mail_since = models.DateTimeField(null=True)
    """When the customer went on by mail: nothing of what is written from then on is shown on the page."""
    unanswered_since = models.DateTimeField(null=True)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.QUEUE, db_default=Standing.QUEUE.value)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    """Who has it, or is offered it."""
    round = models.IntegerField(default=0, db_default=0)
    """How often it was offered round; `asked`: whom in this round, which ends at `round_until`."""
    asked = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    offered_until = models.DateTimeField(null=True)
    round_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent", "standing"], name="chats_held", condition=~models.Q(standing="queue")),
        ]


class ChatDesk(models.Model):
    """What holds for an agent's chats: whether they take any, and how many at once.

    `since`: when they last became available, or were given one: who waits longest is offered the next one first.
    """

    agent = models.OneToOneField(Agent, primary_key=True, on_delete=models.CASCADE, related_name="chat_desk")
    slots = models.PositiveSmallIntegerField(default=SLOTS, db_default=SLOTS)
    available = models.BooleanField(default=False, db_default=False)
    since = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    """When an offer went by, or a chat was left unanswered: nothing is offered until they say that they are there."""
