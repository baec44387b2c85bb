import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staffing', '0003_on_call_editions'),
        ('stores', '0002_watched_mailboxes'),
    ]

    operations = [
        migrations.AddField(
            model_name='store',
            name='timetable',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stores', to='staffing.timetable'),
        ),
    ]
