from django.db import models

from tresen.accounts.models import Agent, Role
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Ticket
from tresen.uncertain.models import Looked
from tresen.vault.personal import Subject, personal


class ActionState(models.TextChoices):
    """`ASKED`: waits for a second pair of eyes. `UNCERTAIN`: nobody knows whether the platform did it."""

    ASKED = "asked"
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


UNSETTLED = (ActionState.ASKED, ActionState.QUEUED, ActionState.SENDING, ActionState.UNCERTAIN)
"""States in which money may yet go back."""


class Action(Looked):
    """Something done about an order at its platform: asked for, perhaps approved, tried, and what came of it.

    `amount` is what goes back to the buyer, in minor units of `currency`. `lines` are [{id, quantity, amount}] by the
    platform's ids, as `ActionLine`. What was asked never changes: every attempt carries the same `key`.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="actions")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="actions")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OrderAction])
    key = models.UUIDField(unique=True)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField(default=0)
    lines = models.JSONField(default=list)
    reason = models.CharField(max_length=120, blank=True)
    reason_title = models.CharField(max_length=200, blank=True)
    words = personal(models.TextField(blank=True), Subject.BUYER)
    return_id = models.CharField(max_length=120, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict, db_default={})
    """What the platform wants to know besides, by its connector's names."""
    state = models.CharField(max_length=10, choices=ActionState)
    asked_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why_not = personal(models.TextField(blank=True, db_default=""), Subject.BUYER)
    """Why somebody did not agree, in their own words."""
    attempts = models.IntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    """When somebody last wanted it tried once more."""
    next_attempt_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    """Until then the process that tries it is taken to live."""
    external_id = models.CharField(max_length=400, blank=True)
    answer = models.TextField(blank=True)
    """The platform's own words."""
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], name="actions_due", condition=models.Q(state="queued")),
            models.Index(fields=["held_until"], name="actions_held", condition=models.Q(state="sending")),
            models.Index(fields=["next_look_at"], name="actions_to_look", condition=models.Q(state="uncertain")),
            models.Index(fields=["asked_at"], name="actions_asked", condition=models.Q(state="asked")),
        ]


class MoneyLimit(models.Model):
    """The most that somebody of this role may give back alone, in whole units of the currency; null: all.

    Without a currency: in every one that has no row of its own.
    """

    role = models.CharField(max_length=10, choices=Role)
    currency = models.CharField(max_length=3, blank=True, db_default="")
    most = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "currency"], name="actions_limit_once")]
