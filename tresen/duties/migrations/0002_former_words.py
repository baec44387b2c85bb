import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(blank=True, db_comment='personal:buyer:store', max_length=200)),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_words', to='duties.promise')),
            ],
        ),
    ]
