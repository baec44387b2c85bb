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


class Case(models.Model):
    """A claim, chargeback or return request with its own deadline."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="cases")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    respond_by = models.DateTimeField(null=True, blank=True)
