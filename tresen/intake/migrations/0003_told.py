from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_attempts")]

    operations = [
        migrations.AddField(
            "storedpayload", "about", models.CharField(blank=True, db_default="", max_length=80)
        ),
        migrations.AddField("storedpayload", "headers", models.JSONField(db_default={}, default=dict)),
        migrations.AddIndex(
            "storedpayload",
            models.Index(fields=["store"], name="intake_set_aside", condition=models.Q(state="quarantined")),
        ),
    ]
