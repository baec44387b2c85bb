from django.db import migrations, models

# What is stored from now on by `routing.placing`, for the places that are there already.
_AS_THE_CLOCKS_SAY = """
    UPDATE routing_queueplace AS place
    SET own_due = said.own_due, own_missed = coalesce(said.own_missed, false),
        platform_missed = coalesce(said.platform_missed, false),
        duty_due = said.duty_due, duty_missed = coalesce(said.duty_missed, false), owed_since = said.since
    FROM (
        SELECT ticket_id,
               min(due) FILTER (WHERE kind = 'own' AND outcome = 'running') AS own_due,
               min(due) FILTER (WHERE kind IN ('case', 'promise', 'legal') AND outcome = 'running') AS duty_due,
               bool_or(outcome = 'breached') FILTER (WHERE kind = 'own') AS own_missed,
               bool_or(outcome = 'breached') FILTER (WHERE kind = 'platform') AS platform_missed,
               bool_or(outcome = 'breached') FILTER (WHERE kind IN ('case', 'promise', 'legal')) AS duty_missed,
               min(started_at) FILTER (WHERE kind IN ('own', 'platform')) AS since
        FROM sla_clock
        WHERE kind <> 'resolution' AND outcome IN ('running', 'breached') AND met_at IS NULL
        GROUP BY ticket_id
    ) AS said
    WHERE said.ticket_id = place.ticket_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ('routing', '0002_danger_and_lanes'),
        ('sla', '0004_duties'),
    ]

    operations = [
        migrations.AddField('queueplace', 'owed_since', models.DateTimeField(null=True)),
        migrations.AddField('queueplace', 'own_due', models.DateTimeField(null=True)),
        migrations.AddField('queueplace', 'duty_due', models.DateTimeField(null=True)),
        migrations.AddField('queueplace', 'own_missed', models.BooleanField(db_default=False, default=False)),
        migrations.AddField('queueplace', 'platform_missed', models.BooleanField(db_default=False, default=False)),
        migrations.AddField('queueplace', 'duty_missed', models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(_AS_THE_CLOCKS_SAY, migrations.RunSQL.noop),
    ]
