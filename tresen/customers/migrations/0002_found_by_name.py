from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations

BY_NAME = GinIndex(SearchVector("name", config="simple"), name="customers_by_name")


class Migration(migrations.Migration):
    atomic = False  # the index is built while people work

    dependencies = [("customers", "0001_initial")]

    operations = [
        # What an attempt that was given up has left behind is of no use.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {BY_NAME.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="identity", index=BY_NAME),
    ]
