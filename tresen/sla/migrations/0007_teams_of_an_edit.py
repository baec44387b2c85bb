from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0006_platform_rules'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='recalculation',
            name='team',
        ),
        migrations.AddField(
            model_name='recalculation',
            name='teams',
            field=models.JSONField(default=list),
        ),
    ]
