import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

ORDER_STATES = ("pending", "open", "part_shipped", "shipped", "delivered", "cancelled", "returned")
PAYMENTS = ("pending", "paid", "part_refunded", "refunded")
TRACKING_STATES = ("pending", "in_transit", "out_for_delivery", "delivered", "exception", "returned")
RETURN_STATES = ("requested", "authorised", "refused", "on_the_way", "received", "refunded", "closed")

# What was known before is brought into the shape of what platforms tell: an id of each part, its store and number.
AS_TOLD = """
    UPDATE orders_order SET told_at = changed_at WHERE told_at IS NULL;
    UPDATE orders_fulfilment SET state = 'pending' WHERE state = 'handed_over';
    UPDATE orders_fulfilment SET external_id = 'row:' || id;
    UPDATE orders_refund SET external_id = 'row:' || id;
    UPDATE orders_return AS back
    SET external_id = 'row:' || back.id, store_id = known.store_id, brand_id = known.brand_id,
        order_number = known.number, changed_at = back.requested_at
    FROM orders_order known WHERE known.id = back.order_id
"""
# The foreign keys' checks of the rows just written are due before the tables may be altered again.
CHECKED = "SET CONSTRAINTS ALL IMMEDIATE"


def chosen(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def text(length: int) -> models.CharField:
    return models.CharField(blank=True, default="", max_length=length)


def told_text(length: int) -> models.CharField:
    """What older code leaves out when it writes a row."""
    return models.CharField(blank=True, db_default="", max_length=length)


def personal_text(length: int) -> models.CharField:
    return models.CharField(blank=True, db_comment="personal:buyer:store", db_default="", max_length=length)


def moment() -> models.DateTimeField:
    return models.DateTimeField(blank=True, null=True)


def to_store(name: str, *, null: bool) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to="stores.store"
    )


def to_brand(*, null: bool) -> models.ForeignKey:
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stores.brand")


def added(model: str, **fields: models.Field) -> list[migrations.AddField]:
    return [migrations.AddField(model, name, field, preserve_default=False) for name, field in fields.items()]


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_open_cases"), ("stores", "0002_watched_mailboxes")]

    operations = [
        *added(
            "order",
            external_id=told_text(120),
            payment=models.CharField(blank=True, choices=chosen(PAYMENTS), db_default="", max_length=14),
            deliver_by=moment(),
            cancel_asked_at=moment(),
            buyer_email=personal_text(320),
            postcode=personal_text(20),
            city=personal_text(120),
            region=told_text(80),
            country=told_text(2),
            told_at=models.DateTimeField(null=True),
        ),
        *added(
            "orderline",
            external_id=told_text(120),
            picture=told_text(1000),
        ),
        migrations.AddField("orderline", "shipped", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("orderline", "cancelled", models.IntegerField(db_default=0, default=0)),
        *added(
            "fulfilment",
            external_id=text(120),
            tracking_address=told_text(1000),
            said=told_text(200),
            expected_at=moment(),
        ),
        *added(
            "return",
            store=to_store("returns", null=True),
            brand=to_brand(null=True),
            order_number=text(80),
            external_id=text(120),
            carrier=text(60),
            decide_by=moment(),
            changed_at=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            "return",
            "items",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=320), default=list, size=None
            ),
        ),
        *added("refund", external_id=text(120)),
        migrations.AddField("refund", "done", models.BooleanField(default=True)),
        migrations.RunSQL(AS_TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(CHECKED, migrations.RunSQL.noop),
        migrations.AlterField("order", "told_at", models.DateTimeField(db_default=Now())),
        migrations.AlterField("order", "state", models.CharField(choices=chosen(ORDER_STATES), max_length=12)),
        migrations.AlterField(
            "order",
            "fulfilled_by",
            models.CharField(choices=chosen(("us", "platform")), default="us", max_length=10),
        ),
        migrations.AlterField("orderline", "sku", models.CharField(blank=True, max_length=120)),
        migrations.AlterField("fulfilment", "external_id", models.CharField(max_length=120)),
        migrations.AlterField("fulfilment", "state", models.CharField(choices=chosen(TRACKING_STATES), max_length=20)),
        migrations.AlterField("fulfilment", "shipped_at", moment()),
        migrations.AlterField("return", "store", to_store("returns", null=False)),
        migrations.AlterField("return", "brand", to_brand(null=False)),
        migrations.AlterField("return", "order_number", models.CharField(max_length=80)),
        migrations.AlterField("return", "external_id", models.CharField(max_length=120)),
        migrations.AlterField("return", "changed_at", models.DateTimeField()),
        migrations.AlterField("return", "state", models.CharField(choices=chosen(RETURN_STATES), max_length=20)),
        migrations.AlterField(
            "return",
            "order",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="returns", to="orders.order"
            ),
        ),
        migrations.AlterField("refund", "external_id", models.CharField(max_length=120)),
        migrations.CreateModel(
            name="StockLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stock", to="stores.store"
                    ),
                ),
                ("sku", models.CharField(max_length=120)),
                ("item_id", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("available", models.IntegerField()),
                ("reserved", models.IntegerField(null=True)),
                ("inbound", models.IntegerField(null=True)),
                ("as_of", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex("order", models.Index(fields=["store", "external_id"], name="orders_by_external_id")),
        migrations.AddIndex("return", models.Index(fields=["store", "order_number"], name="orders_return_number")),
        migrations.AddConstraint(
            "fulfilment", models.UniqueConstraint(fields=["order", "external_id"], name="orders_fulfilment_once")
        ),
        migrations.AddConstraint(
            "return", models.UniqueConstraint(fields=["store", "external_id"], name="orders_return_once")
        ),
        migrations.AddConstraint(
            "refund", models.UniqueConstraint(fields=["order", "external_id"], name="orders_refund_once")
        ),
        migrations.AddConstraint(
            "stocklevel", models.UniqueConstraint(fields=["store", "sku"], name="orders_stock_once")
        ),
    ]
