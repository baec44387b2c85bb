import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The clock stands at the head of a notice's key: "own:17:warning:80%".
NAME_CLOCKS = "UPDATE sla_notice SET clock = left(key, strpos(key, ':' || kind) - 1) WHERE strpos(key, ':' || kind) > 1"


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0002_one_index_each'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='clock',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
        migrations.RunSQL(NAME_CLOCKS, migrations.RunSQL.noop),
    ]
