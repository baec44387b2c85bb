from django.db import models

from tresen.channels.erasure import ErasureKind
from tresen.files.models import Blob
from tresen.stores.models import Mailbox, Store
from tresen.tickets.models import Attachment, Message
from tresen.vault.personal import Subject, personal


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


class StoreFeed(models.Model):
    """How far one of a store's feeds has been read. `backwards`: the past, from `began_at` down to `back_to`.

    `read_to`: up to where (backwards: down to where) it is read. `since`, `until`, `place`: the window being read now,
    and the connector's word for where in it. A worker that reads it holds it until `held_until`.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    backwards = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    read_to = models.DateTimeField()
    back_to = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    place = models.TextField(blank=True)
    pages = models.BigIntegerField(default=0)
    told = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    """When it was last read to its end."""
    next_at = models.DateTimeField(null=True)
    """None: it is read whole."""
    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    reconnect = models.BooleanField(default=False)
    lacks = models.BooleanField(db_default=False)
    """The platform allows all but this: its trouble is the want of a role or scope."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key", "backwards"], name="intake_feed_once")]
        indexes = [models.Index(fields=["next_at"], name="intake_feed_due", condition=models.Q(next_at__isnull=False))]


class AskedOrder(models.Model):
    """An order that somebody wants to see as it is now. `answered_at`: when the platform last told of it.

    `unknown`: it says that there is none of this number.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    unknown = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="intake_asked_once")]
        indexes = [models.Index(fields=["next_at"], name="intake_asked_due", condition=models.Q(next_at__isnull=False))]


class FileState(models.TextChoices):
    """`NOT_HAD`: the platform will never give it to us. `GIVEN_UP`: it was tried often enough."""

    WAITS = "waits"
    BROUGHT = "brought"
    NOT_HAD = "not_had"
    GIVEN_UP = "given_up"


class FileToFetch(models.Model):
    """A file that lies at the platform, beside a message that is kept already; brought, it is its `attachment`.

    `reference` is the connector's; `name`, `content_type` and `size` are the platform's word. `trouble`: the last
    failure in its own words, or a key of `channels.files` where it is not had.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files_to_fetch", db_index=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.SmallIntegerField()
    reference = personal(models.CharField(max_length=2000), Subject.BUYER)
    name = personal(models.CharField(max_length=255), Subject.BUYER)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=FileState, db_default=FileState.WAITS)
    attachment = models.OneToOneField(Attachment, null=True, on_delete=models.SET_NULL, related_name="+")
    next_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    failures = models.IntegerField(db_default=0)
    trouble = models.TextField(blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="intake_file_once")]
        indexes = [models.Index(fields=["next_at"], name="intake_files_due", condition=models.Q(next_at__isnull=False))]


class Erasure(models.Model):
    """A platform's request to forget somebody, and what came of it. `who` is kept until it is carried out.

    `erased` counts what was, by table: it proves it and tells of nobody. `waits`: a person decides; what they agreed to
    a worker carries out, for all of a store's buyers may take a while.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ErasureKind])
    who = personal(models.JSONField(default=dict), Subject.BUYER)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    waits = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    erased = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "external_id"], name="intake_erasure_once")]
