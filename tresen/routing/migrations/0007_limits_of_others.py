from django.db import migrations, models

# What is stored from now on by `routing.placing`, for the places that are there already.
_AS_THE_CLOCKS_SAY = """
    UPDATE routing_queueplace AS place SET limit_due = said.due
    FROM (
        SELECT ticket_id, min(due) AS due FROM sla_clock
        WHERE kind IN ('platform', 'case', 'legal') AND outcome = 'running' GROUP BY ticket_id
    ) AS said
    WHERE said.ticket_id = place.ticket_id AND said.due IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ('routing', '0006_indexes_of_the_queue'),
        ('sla', '0015_groups_of_figures'),
    ]

    operations = [
        migrations.AddField('queueplace', 'limit_due', models.DateTimeField(null=True)),
        migrations.RunSQL(_AS_THE_CLOCKS_SAY, migrations.RunSQL.noop),
    ]
