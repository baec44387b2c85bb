from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0006_keep"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="again_at",
            field=models.DateTimeField(null=True),
        ),
    ]
