from django.db import models

from tresen.files.models import Blob
from tresen.stores.models import Mailbox, Store


class PayloadState(models.TextChoices):
    KEPT = "kept"
    FILED = "filed"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


class StoredPayload(models.Model):
    """The bytes as they came. Others keep its number and point at it with no foreign key: it expires."""

    number = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=10)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+")
    store = models.ForeignKey(Store, null=True, on_delete=models.SET_NULL, related_name="+")
    external_key = models.CharField(max_length=300)
    """Where it stood: "INBOX/<uidvalidity>/<uid>", or a key of the form's own."""
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80, blank=True, db_default="")
    """What was asked or told, in its connector's words; empty for mail."""
    headers = models.JSONField(default=dict, db_default={})
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=PayloadState, default=PayloadState.KEPT)
    attempts = models.SmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    read_in_ms = models.IntegerField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "store", "external_key"], name="intake_payload_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["number"], name="intake_kept", condition=models.Q(state="kept")),
            models.Index(fields=["expires_at"], name="intake_expiring"),
            models.Index(fields=["store"], name="intake_set_aside", condition=models.Q(state="quarantined")),
        ]


class KnownId(models.Model):
    """A keyed hash of an external id: expired mail is neither imported again nor missed by the count check."""

    hash = models.BinaryField(primary_key=True, max_length=32)
    recorded_at = models.DateTimeField()


class Attempts(models.Model):
    """How often one sender or one store was used within a span: a keyed hash counts, nobody can be read from it."""

    bucket = models.BinaryField(max_length=32)
    began_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "began_at"], name="intake_attempts_once")]
        indexes = [models.Index(fields=["began_at"], name="intake_attempts_old")]
