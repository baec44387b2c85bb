from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0001_initial'),
    ]

    operations = [
        migrations.AddField('sharedfigures', 'shape', models.CharField(db_default='', max_length=32)),
    ]
