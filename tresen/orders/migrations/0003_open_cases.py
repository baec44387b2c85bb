from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_cases'),
        ('stores', '0003_hours_of_a_store'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['id'], name='orders_case_not_closed'),
        ),
    ]
