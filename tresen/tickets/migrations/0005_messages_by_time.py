from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('tickets', '0004_ties_trust_their_store'),
    ]

    operations = [
        AddIndexConcurrently(
            'message', BrinIndex(autosummarize=True, fields=['occurred_at'], name='tickets_message_when')
        ),
    ]
