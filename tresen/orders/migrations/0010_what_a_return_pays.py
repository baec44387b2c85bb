from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_named_by_line"),
    ]

    operations = [
        migrations.AddField(
            model_name="return",
            name="pays",
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
