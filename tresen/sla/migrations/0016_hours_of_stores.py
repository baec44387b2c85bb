from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0015_groups_of_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='recalculation',
            name='stores',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='recalculation',
            name='reason',
            field=models.CharField(choices=[('added', 'Added'), ('changed', 'Changed'), ('moved', 'Moved'), ('enabled', 'Enabled'), ('disabled', 'Disabled'), ('retired', 'Retired'), ('timetable', 'Timetable'), ('coverage', 'Coverage'), ('rules', 'Rules'), ('store_hours', 'Store Hours')], max_length=12),
        ),
    ]
