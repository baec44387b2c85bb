from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

FREE = models.Q(('assignee', None), ('on_its_way', False))
IN_ORDER = ['team', 'language', 'queue_tier', 'sort_at', 'ticket']
INDEXES = (
    models.Index(condition=FREE, fields=IN_ORDER, name='routing_free'),
    models.Index(condition=FREE & models.Q(('pre_sale', True)), fields=IN_ORDER, name='routing_buying'),
    models.Index(fields=['team', 'platform_due'], name='routing_due'),
)


def _built(index):
    """Anew: what an attempt that was given up has left behind is of no use, and no attempt finds it in its way."""
    return [
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='queueplace', index=index),
    ]


class Migration(migrations.Migration):

    atomic = False  # indexes are built while people work

    dependencies = [
        ('routing', '0005_lanes_in_use'),
    ]

    operations = [operation for index in INDEXES for operation in _built(index)]
