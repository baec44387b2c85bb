from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Lower

BY_EMAIL = models.Index(Lower("buyer_email"), name="orders_by_email", condition=~models.Q(buyer_email=""))


class Migration(migrations.Migration):
    atomic = False  # the index is built while people work

    dependencies = [("orders", "0005_newest_order")]

    operations = [
        # What an attempt that was given up has left behind is of no use.
        migrations.RunSQL(
            "ALTER TABLE orders_orderline ADD COLUMN IF NOT EXISTS offer_id varchar(80) DEFAULT '' NOT NULL",
            "ALTER TABLE orders_orderline DROP COLUMN IF EXISTS offer_id",
            state_operations=[
                migrations.AddField(
                    model_name="orderline",
                    name="offer_id",
                    field=models.CharField(blank=True, db_default="", max_length=80),
                )
            ],
        ),
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {BY_EMAIL.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="order", index=BY_EMAIL),
    ]
