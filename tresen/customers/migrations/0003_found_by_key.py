from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BY_KEY = models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="customers_by_key")


class Migration(migrations.Migration):
    atomic = False  # the index is built while people work

    dependencies = [("customers", "0002_found_by_name")]

    operations = [
        # What an attempt that was given up has left behind is of no use.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {BY_KEY.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="identity", index=BY_KEY),
    ]
