from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BATCH = 10_000


def look_again(apps, schema_editor):
    """Let the next sweeps look at all clocks that have ended: they fill in what is new, a batch at a time."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM sla_clock")
        (last,) = cursor.fetchone()
        for start in range(0, last, BATCH):
            cursor.execute(
                "UPDATE sla_clock SET next_alarm_at = now()"
                " WHERE id > %s AND id <= %s AND outcome NOT IN ('running', 'paused')",
                [start, start + BATCH],
            )


class Migration(migrations.Migration):
    """Each step may be done again: nothing here is one transaction, and any of it may be interrupted."""

    atomic = False

    dependencies = [("sla", "0010_what_figures_need")]

    operations = [
        migrations.RunPython(look_again, migrations.RunPython.noop),
        # An interrupted build leaves an index that is not valid.
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS sla_clock_started", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="clock", index=models.Index(fields=["started_at"], name="sla_clock_started")),
    ]
