from django.db import migrations, models


# In one transaction, as the table holds only what needs an answer: a retry finds all of them or none.
class Migration(migrations.Migration):
    dependencies = [
        ('routing', '0003_what_is_due'),
    ]

    operations = [
        migrations.AddIndex(
            'queueplace',
            models.Index(condition=models.Q(('own_due__isnull', False)), fields=['team', 'own_due', 'ticket'], name='routing_own_due'),
        ),
        migrations.AddIndex(
            'queueplace',
            models.Index(condition=models.Q(('duty_due__isnull', False)), fields=['team', 'duty_due', 'ticket'], name='routing_duty_due'),
        ),
        migrations.AddIndex(
            'queueplace',
            models.Index(condition=models.Q(('own_missed', True)), fields=['team', 'queue_tier', 'sort_at', 'ticket'], name='routing_own_missed'),
        ),
        migrations.AddIndex(
            'queueplace',
            models.Index(condition=models.Q(('platform_missed', True)), fields=['team', 'queue_tier', 'sort_at', 'ticket'], name='routing_platform_missed'),
        ),
        migrations.AddIndex(
            'queueplace',
            models.Index(condition=models.Q(('duty_missed', True)), fields=['team', 'queue_tier', 'sort_at', 'ticket'], name='routing_duty_missed'),
        ),
    ]
