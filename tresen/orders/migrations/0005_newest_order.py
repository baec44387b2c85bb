from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

NEWEST = models.Index(fields=["store", "ordered_at"], name="orders_newest")


class Migration(migrations.Migration):
    atomic = False  # the index is built while people work

    dependencies = [("orders", "0004_mirror")]

    operations = [
        # What an attempt that was given up has left behind is of no use.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {NEWEST.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="order", index=NEWEST),
    ]
