from django.db import migrations, models

# What was told before there were ways out leaves by none of them.
NOTHING_OLD_LEAVES = "UPDATE sla_notice SET passed_on_at = created_at WHERE passed_on_at IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0008_ladder_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='passed_on_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(NOTHING_OLD_LEAVES, migrations.RunSQL.noop),
    ]
