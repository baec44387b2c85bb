import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stores", "0003_hours_of_a_store")]

    operations = [
        migrations.AddField("store", "told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("store", "refused_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="AllowanceLeft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("left_over", models.FloatField()),
                ("counted_at", models.DateTimeField()),
                ("closed_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            "allowanceleft", models.UniqueConstraint(fields=["store", "name"], name="stores_allowance_once")
        ),
    ]
