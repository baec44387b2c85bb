from collections.abc import Iterable
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Lower, Now

from tresen.channels.order_news import DocumentKind, FulfilledBy, OrderState, Payment, ReturnState
from tresen.channels.tracking import TrackingState
from tresen.customers.models import Identity
from tresen.stores.models import Brand, Store
from tresen.vault.personal import Subject, personal


def _choices(kind: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


RECIPIENT = models.Func(
    models.F("ship_to"),
    models.Value("\n"),
    models.Value(1),
    function="split_part",
    output_field=models.TextField(),
)
"""To whom an order goes: the first line of its address."""


class Order(models.Model):
    """A sale as the channel reports it. `number` is the channel's, unique in its store. Money in minor units.

    `changed_at` is the platform's word of when it changed, `told_at` when we last heard of it.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="orders")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    external_id = models.CharField(max_length=120, blank=True, db_default="")
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="orders")
    state = models.CharField(max_length=12, choices=_choices(OrderState))
    payment = models.CharField(max_length=14, choices=_choices(Payment), blank=True, db_default="")
    fulfilled_by = models.CharField(max_length=10, choices=_choices(FulfilledBy), default=FulfilledBy.US)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    ordered_at = models.DateTimeField()
    ship_by = models.DateTimeField(null=True, blank=True)
    deliver_by = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    buyer_email = personal(models.CharField(max_length=320, blank=True, db_default=""), Subject.BUYER)
    ship_to = personal(models.TextField(blank=True), Subject.BUYER)
    postcode = personal(models.CharField(max_length=20, blank=True, db_default=""), Subject.BUYER)
    city = personal(models.CharField(max_length=120, blank=True, db_default=""), Subject.BUYER)
    region = models.CharField(max_length=80, blank=True, db_default="")
    country = models.CharField(max_length=2, blank=True, db_default="")
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="orders_number_once")]
        indexes = [
            models.Index(fields=["store", "external_id"], name="orders_by_external_id"),
            models.Index(fields=["store", "ordered_at"], name="orders_newest"),
            models.Index(Lower("buyer_email"), name="orders_by_email", condition=~models.Q(buyer_email="")),
            models.Index(
                fields=["store", "number"], opclasses=["int8_ops", "varchar_pattern_ops"], name="orders_by_number_start"
            ),
            GinIndex(SearchVector(RECIPIENT, config="simple"), name="orders_by_recipient"),
        ]


class OrderLine(models.Model):
    """One product and quantity. `price` is one piece, in minor units."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.IntegerField()
    external_id = models.CharField(max_length=120, blank=True, db_default="")
    sku = models.CharField(max_length=120, blank=True)
    item_id = models.CharField(max_length=80, blank=True)
    offer_id = models.CharField(max_length=80, blank=True, db_default="")
    title = models.CharField(max_length=300)
    picture = models.CharField(max_length=1000, blank=True, db_default="")
    quantity = models.IntegerField()
    price = models.BigIntegerField()
    shipped = models.IntegerField(default=0, db_default=0)
    cancelled = models.IntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="orders_line_position")]
        indexes = [
            # Some platforms name a line, and mean its order.
            models.Index(fields=["external_id"], condition=~models.Q(external_id=""), name="orders_line_there")
        ]


class PictureState(models.TextChoices):
    """`NONE`: nothing that can be shown lies there."""

    WAITS = "waits"
    KEPT = "kept"
    NONE = "none"


class Picture(models.Model):
    """A product's picture, kept here for a while, so that no page asks a stranger for it.

    `address` is what the store's platform told for a line. `used_at`: when somebody last looked; `next_at`: when it is
    to be fetched, for the first time or anew.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    address = models.CharField(max_length=1000)
    state = models.CharField(max_length=5, choices=PictureState, db_default=PictureState.WAITS)
    content = models.BinaryField(null=True)
    content_type = models.CharField(max_length=20, blank=True, db_default="")
    used_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    failures = models.IntegerField(db_default=0)
    trouble = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "address"], name="orders_picture_once")]
        indexes = [
            models.Index(fields=["next_at"], name="orders_pictures_due"),
            models.Index(fields=["used_at"], name="orders_pictures_used"),
        ]


class Fulfilment(models.Model):
    """Goods handed over, with tracking. `said` is the state in the carrier's own words."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="fulfilments")
    external_id = models.CharField(max_length=120)
    carrier = models.CharField(max_length=60)
    tracking = models.CharField(max_length=80)
    tracking_address = models.CharField(max_length=1000, blank=True, db_default="")
    state = models.CharField(max_length=20, choices=_choices(TrackingState))
    said = models.CharField(max_length=200, blank=True, db_default="")
    shipped_at = models.DateTimeField(null=True, blank=True)
    expected_at = models.DateTimeField(null=True, blank=True)
    last_scan_at = models.DateTimeField(null=True, blank=True)
    last_scan = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="orders_fulfilment_once")]
        indexes = [models.Index(fields=["tracking"], name="orders_by_tracking", condition=~models.Q(tracking=""))]


class Return(models.Model):
    """Goods coming back. `order` is empty while the order of `order_number` is not known."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="returns")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="returns")
    order_number = models.CharField(max_length=80)
    external_id = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    comment = personal(models.TextField(blank=True), Subject.BUYER)
    state = models.CharField(max_length=20, choices=_choices(ReturnState))
    carrier = models.CharField(max_length=60, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    items = ArrayField(models.CharField(max_length=320), default=list)
    """What comes back, a line each: "2 × LW-MIRA-03 Mira table lamp"."""
    requested_at = models.DateTimeField()
    decide_by = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    pays = models.BigIntegerField(null=True, blank=True)
    """What approving it gives back at once, in minor units of the order's currency, where the platform tells that."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "external_id"], name="orders_return_once")]
        indexes = [models.Index(fields=["store", "order_number"], name="orders_return_number")]


class Refund(models.Model):
    """Money going back, in minor units of the order's currency; `done`: the platform has paid it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="refunds")
    external_id = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    done = models.BooleanField(default=True)
    refunded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="orders_refund_once")]


class OrderDocument(models.Model):
    """A document that the platform made for the buyer: that there is one. It lies there, and is asked for when opened.

    `external_id` is the number on it, `amount` its sum in minor units of the order's currency, where that is told.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="documents")
    external_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=_choices(DocumentKind))
    amount = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="orders_document_once")]


class StockLevel(models.Model):
    """How much of a product is there, as the channel says at `as_of`."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="stock")
    sku = models.CharField(max_length=120)
    item_id = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300, blank=True)
    available = models.IntegerField()
    reserved = models.IntegerField(null=True)
    inbound = models.IntegerField(null=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "sku"], name="orders_stock_once")]


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
