from django.db import models


class SealedSecret(models.Model):
    """A credential, sealed with the installation's vault keys. `name` says whose, e.g. "mailbox:3:password"."""

    name = models.CharField(max_length=200, unique=True)
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()
