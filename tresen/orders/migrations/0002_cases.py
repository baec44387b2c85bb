import django.db.models.deletion
from django.db import migrations, models

# A case knew only its order. Its store, brand and number are taken from there before they become obligatory.
FROM_THE_ORDER = """
    UPDATE orders_case AS found
    SET store_id = known.store_id, brand_id = known.brand_id, order_number = known.number
    FROM orders_order known WHERE known.id = found.order_id
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("stores", "0002_watched_mailboxes")]

    operations = [
        migrations.AddField(
            "case",
            "store",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="stores.store"
            ),
        ),
        migrations.AddField(
            "case",
            "brand",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stores.brand"
            ),
        ),
        migrations.AddField("case", "order_number", models.CharField(blank=True, default="", max_length=80)),
        migrations.RunSQL(FROM_THE_ORDER, migrations.RunSQL.noop),
        # The foreign keys' checks of the rows just written are due before the table may be altered again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "case",
            "store",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="stores.store"),
        ),
        migrations.AlterField(
            "case",
            "brand",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stores.brand"),
        ),
        migrations.AlterField("case", "order_number", models.CharField(blank=True, max_length=80)),
        migrations.AlterField(
            "case",
            "order",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="cases", to="orders.order"
            ),
        ),
        migrations.AddField(
            "case", "external_id", models.CharField(blank=True, default="", max_length=80), preserve_default=False
        ),
        migrations.AddField(
            "case", "outcome", models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.AddField("case", "amount", models.BigIntegerField(null=True)),
        migrations.AddField(
            "case", "currency", models.CharField(blank=True, default="", max_length=3), preserve_default=False
        ),
        migrations.AddField(
            "case", "stated", models.CharField(blank=True, default="", max_length=200), preserve_default=False
        ),
        migrations.AddField("case", "conditional", models.BooleanField(default=False)),
        migrations.AddField("case", "closed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "case",
            "state",
            models.CharField(
                choices=[("open", "Open"), ("answered", "Answered"), ("closed", "Closed")], default="open", max_length=20
            ),
        ),
        migrations.AddIndex("case", models.Index(fields=["store", "order_number"], name="orders_case_number")),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                fields=["store", "kind", "external_id"], name="orders_case_id_once", condition=~models.Q(external_id="")
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                fields=["store", "kind", "order_number"],
                name="orders_case_order_once",
                condition=models.Q(external_id="") & ~models.Q(order_number=""),
            ),
        ),
    ]
