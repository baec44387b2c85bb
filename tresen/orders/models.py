from django.db import models

from tresen.customers.models import Identity
from tresen.stores.models import Brand, Store
from tresen.vault.personal import Subject, personal


class OrderState(models.TextChoices):
    OPEN = "open"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class FulfilledBy(models.TextChoices):
    US = "us"
    PLATFORM = "platform"


class Order(models.Model):
    """A sale as the channel reports it. `number` is the channel's, unique in its store. Money in minor units."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="orders")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="orders")
    state = models.CharField(max_length=12, choices=OrderState)
    fulfilled_by = models.CharField(max_length=10, choices=FulfilledBy, default=FulfilledBy.US)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    ordered_at = models.DateTimeField()
    ship_by = models.DateTimeField(null=True, blank=True)
    ship_to = personal(models.TextField(blank=True), Subject.BUYER)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="orders_number_once")]


class OrderLine(models.Model):
    """One product and quantity. `price` is one piece, in minor units."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.IntegerField()
    sku = models.CharField(max_length=80, blank=True)
    item_id = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    quantity = models.IntegerField()
    price = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="orders_line_position")]


class FulfilmentState(models.TextChoices):
    HANDED_OVER = "handed_over"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    EXCEPTION = "exception"


class Fulfilment(models.Model):
    """Goods handed over, with tracking."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="fulfilments")
    carrier = models.CharField(max_length=60)
    tracking = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=FulfilmentState)
    shipped_at = models.DateTimeField()
    last_scan_at = models.DateTimeField(null=True, blank=True)
    last_scan = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)


class Return(models.Model):
    """Goods coming back."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="returns")
    reason = models.CharField(max_length=200)
    comment = personal(models.TextField(blank=True), Subject.BUYER)
    state = models.CharField(max_length=20)
    tracking = models.CharField(max_length=80, blank=True)
    requested_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)


class Refund(models.Model):
    """Money going back, in minor units."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    refunded_at = models.DateTimeField()


class CaseState(models.TextChoices):
    """How a case stands. `ANSWERED`: the platform decides now."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Case(models.Model):
    """A claim, chargeback or request at the platform, one however many mails tell of it. Money in minor units.

    `external_id` is the platform's number, where it tells one; `order` is empty while the order of `order_number` is
    not known. State and times follow from the ledger of the ticket that handles it. `stated` is the deadline in the
    platform's own words; `conditional`: it begins only with a later request.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="cases")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="cases")
    order_number = models.CharField(max_length=80, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.OPEN)
    outcome = models.CharField(max_length=20, blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    stated = models.CharField(max_length=200, blank=True)
    conditional = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    respond_by = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "kind", "external_id"], name="orders_case_id_once", condition=~models.Q(external_id="")
            ),
            models.UniqueConstraint(
                fields=["store", "kind", "order_number"],
                name="orders_case_order_once",
                condition=models.Q(external_id="") & ~models.Q(order_number=""),
            ),
        ]
        indexes = [
            models.Index(fields=["store", "order_number"], name="orders_case_number"),
            models.Index(fields=["id"], name="orders_case_not_closed", condition=~models.Q(state="closed")),
        ]
