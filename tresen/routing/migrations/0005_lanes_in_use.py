from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0004_lists_of_what_is_due'),
    ]

    operations = [
        migrations.AddField(
            model_name='skip',
            name='skipped_at',
            field=models.DateTimeField(null=True),
        ),
    ]
