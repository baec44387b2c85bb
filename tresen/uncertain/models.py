from django.db import models


class Looked(models.Model):
    """What a platform is read for where nobody knows whether it took or did it."""

    looks = models.SmallIntegerField(default=0, db_default=0)
    """How often the platform was read to find out; `looked_at`: when it last showed nothing."""
    looked_at = models.DateTimeField(null=True)
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
