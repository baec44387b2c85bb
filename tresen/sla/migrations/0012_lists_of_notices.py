from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEXES = (
    models.Index(fields=['recipient', '-shown_from', '-id'], name='sla_notice_list'),
    models.Index(condition=models.Q(('passed_on_at', None)), fields=['shown_from'], name='sla_to_pass_on'),
)


def _built(index):
    """Anew: what an attempt that was given up has left behind is of no use, and no attempt finds it in its way."""
    return [
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='notice', index=index),
    ]


class Migration(migrations.Migration):

    atomic = False  # indexes are built while people work

    dependencies = [
        ('sla', '0011_clocks_by_their_start'),
    ]

    operations = [operation for index in INDEXES for operation in _built(index)]
