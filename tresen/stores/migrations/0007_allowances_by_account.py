from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is left is counted by account. The counts begin anew: they last for minutes, and platforms keep their own."""

    dependencies = [("stores", "0006_published_keys")]

    operations = [
        migrations.DeleteModel("AllowanceLeft"),
        migrations.CreateModel(
            name="AllowanceLeft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_by", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=60)),
                ("stores", ArrayField(models.BigIntegerField(), default=list)),
                ("left_over", models.FloatField()),
                ("burst", models.FloatField(db_default=0.0)),
                ("per_second", models.FloatField(db_default=0.0)),
                ("counted_at", models.DateTimeField()),
                ("closed_until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["counted_by", "name"], name="stores_allowance_once")
                ]
            },
        ),
    ]
