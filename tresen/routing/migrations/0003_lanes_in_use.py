from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0002_danger_and_lanes'),
    ]

    operations = [
        migrations.AddField(
            model_name='skip',
            name='skipped_at',
            field=models.DateTimeField(null=True),
        ),
    ]
