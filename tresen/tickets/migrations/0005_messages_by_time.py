from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('tickets', '0004_ties_trust_their_store'),
    ]

    operations = [
        # One that was given up half built, as somebody held the table for too long, would be in the way of the next try.
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS tickets_message_when", migrations.RunSQL.noop),
        AddIndexConcurrently(
            'message', BrinIndex(autosummarize=True, fields=['occurred_at'], name='tickets_message_when')
        ),
    ]
