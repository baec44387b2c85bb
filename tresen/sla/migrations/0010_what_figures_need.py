import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sla", "0009_ways_out"),
    ]

    operations = [
        migrations.AddField(model_name="clock", name="waived_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="clock",
            name="ended_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="clock", name="worked", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="clock", name="corrected_at", field=models.DateTimeField(null=True)),
    ]
