from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent, Team
from tresen.staffing.models import Timetable


class Brand(models.Model):
    """A voice: the name under which stores speak to buyers."""

    name = models.CharField(max_length=80, unique=True)
    language = models.CharField(max_length=5, default="en")

    def __str__(self) -> str:
        return self.name


class Health(models.TextChoices):
    """How a connection does. `RECONNECT`: an administrator must sign in again."""

    NEW = "new"
    GOOD = "good"
    TROUBLED = "troubled"
    RECONNECT = "reconnect"
    OFF = "off"


class Store(models.Model):
    """One seller account on one channel. In *shadow* it reads everything, runs all clocks and sends nothing."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="stores")
    name = models.CharField(max_length=80, unique=True)
    channel = models.CharField(max_length=30)
    marketplace = models.CharField(max_length=60, blank=True)
    default_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    timetable = models.ForeignKey(Timetable, null=True, blank=True, on_delete=models.PROTECT, related_name="stores")
    """The store's hours. None: those of the team that has the ticket."""
    language = models.CharField(max_length=5, default="en")
    addresses = ArrayField(models.EmailField(), default=list)
    """The addresses buyers and the platform write to, and answers come from (the first)."""
    order_number_pattern = models.CharField(max_length=120, blank=True)
    shadow = models.BooleanField(default=True)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    """When the platform last told something by itself, to the minute; `refused_at`: when somebody else tried."""
    refused_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class StoreConnection(models.Model):
    """How a store stands with its platform's interface. Secrets lie in the vault under "store:<id>:…".

    `settings` are what was entered and is no secret; `answered_at`: when it last answered well, to the minute.
    """

    store = models.OneToOneField(Store, on_delete=models.CASCADE, related_name="connection")
    settings = models.JSONField(default=dict)
    account = models.CharField(max_length=200, blank=True)
    """As whom the platform knows us."""
    connected_at = models.DateTimeField()
    health = models.CharField(max_length=10, choices=Health, default=Health.NEW)
    trouble = models.TextField(blank=True)
    troubled_since = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)


class CredentialTerm(models.Model):
    """Until when a credential holds that opens a store's interface, as the platform told at `told_at`.

    `ends_at` None: it does not end, if it told. `next_at`: when it is renewed, or the platform asked, next.
    """

    connection = models.ForeignKey(StoreConnection, on_delete=models.CASCADE, related_name="terms")
    secret = models.CharField(max_length=60)
    told_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "secret"], name="stores_term_once")]


class StoreConsent(models.Model):
    """A seller is asked to agree at his platform: who sent him there, and from which session. Good once.

    `state` is the hash of what the platform brings back. What was entered for it lies here and, where it is secret, in
    the vault under "consent:<id>:…".
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=64)
    state = models.CharField(max_length=64, unique=True)
    settings = models.JSONField(default=dict)
    past_days = models.IntegerField()
    begun_at = models.DateTimeField()


class SignInWith(models.TextChoices):
    PASSWORD = "password"  # noqa: S105 - names a way to sign in
    XOAUTH2 = "xoauth2"


class Security(models.TextChoices):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Mailbox(models.Model):
    """A mail connection; may serve several stores. Secrets lie in the vault under "mailbox:<id>:…"."""

    name = models.CharField(max_length=80, unique=True)
    address = models.EmailField(unique=True)
    stores = models.ManyToManyField(Store, related_name="mailboxes")
    imap_host = models.CharField(max_length=200)
    imap_port = models.IntegerField(default=993)
    imap_security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    smtp_host = models.CharField(max_length=200)
    smtp_port = models.IntegerField(default=465)
    smtp_security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    username = models.CharField(max_length=200)
    sign_in_with = models.CharField(max_length=10, choices=SignInWith, default=SignInWith.PASSWORD)
    token_url = models.URLField(blank=True)
    client_id = models.CharField(max_length=200, blank=True)
    folders = ArrayField(models.CharField(max_length=200), default=list)
    read_from = models.DateTimeField(null=True, blank=True)
    """The chosen start: what came earlier stays on the server. Unset while a large mailbox still has to be asked."""
    trusted_receivers = ArrayField(models.CharField(max_length=200), default=list)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    health = models.CharField(max_length=10, choices=Health, default=Health.NEW)
    trouble = models.TextField(blank=True)
    troubled_since = models.DateTimeField(null=True, blank=True)
    failures = models.IntegerField(default=0)
    sending_trouble = models.TextField(blank=True)
    """Receiving and sending are two connections: one may do well while the other is down. Empty: sending does well."""
    sending_troubled_since = models.DateTimeField(null=True, blank=True)
    sending_failures = models.IntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)
    watched_by = models.UUIDField(null=True, blank=True)
    watched_until = models.DateTimeField(null=True, blank=True)
    """One worker at a time waits for the server to tell of new mail; it says again and again that it still does."""
    counted_at = models.DateTimeField(null=True, blank=True)
    missing = models.IntegerField(default=0)
    """How many messages the count check found on the server that are neither a row nor known as expired."""

    def __str__(self) -> str:
        return self.name


class MailFolder(models.Model):
    """How far a folder has been read: UIDs up to `seen_uid` under this UIDVALIDITY are kept."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folder_states")
    name = models.CharField(max_length=200)
    uidvalidity = models.BigIntegerField()
    seen_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="stores_folder_once")]


class AllowanceLeft(models.Model):
    """What may still be asked of one of a platform's allowances; shared by all workers, and by `stores`.

    `counted_by`: the account or application, as the connector names it; "store:<id>" where a store has it alone.
    """

    counted_by = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    stores = ArrayField(models.BigIntegerField(), default=list)
    """Those that have taken of it."""
    left_over = models.FloatField()
    burst = models.FloatField(db_default=0.0)
    per_second = models.FloatField(db_default=0.0)
    counted_at = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)
    """The platform said “too many”: nobody asks before."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counted_by", "name"], name="stores_allowance_once")]


class PublishedKey(models.Model):
    """A key that a platform signs with, as it publishes it."""

    channel = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    value = models.TextField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="stores_published_key_once")]


class StoreGrant(models.Model):
    """An agent may see this store's work."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="store_grants")
    store = models.ForeignKey(Store, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "store"], name="stores_store_grant_once")]


class BrandGrant(models.Model):
    """An agent may see all stores of this brand."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="brand_grants")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "brand"], name="stores_brand_grant_once")]
