import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staffing', '0002_rosters'),
    ]

    operations = [
        migrations.CreateModel(
            name='OnCallEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('openings', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None, unique=True)),
            ],
        ),
    ]
