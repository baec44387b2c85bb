from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models

TRACKING = models.Index(fields=["tracking"], name="orders_by_tracking", condition=~models.Q(tracking=""))
NUMBER = models.Index(
    fields=["store", "number"], opclasses=["int8_ops", "varchar_pattern_ops"], name="orders_by_number_start"
)
RECIPIENT = GinIndex(
    SearchVector(
        models.Func(
            models.F("ship_to"),
            models.Value("\n"),
            models.Value(1),
            function="split_part",
            output_field=models.TextField(),
        ),
        config="simple",
    ),
    name="orders_by_recipient",
)


class Migration(migrations.Migration):
    atomic = False  # the indexes are built while people work

    dependencies = [("customers", "0002_found_by_name"), ("orders", "0007_pictures")]

    operations = [
        # What an attempt that was given up has left behind is of no use.
        *(
            migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", migrations.RunSQL.noop)
            for index in (TRACKING, NUMBER, RECIPIENT)
        ),
        AddIndexConcurrently(model_name="fulfilment", index=TRACKING),
        AddIndexConcurrently(model_name="order", index=NUMBER),
        AddIndexConcurrently(model_name="order", index=RECIPIENT),
    ]
