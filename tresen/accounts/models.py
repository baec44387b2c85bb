from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.vault.personal import Contract, Subject, personal


class Role(models.TextChoices):
    """What an agent may do. An admin stands at the ladder's end as its manager."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


LEADING = frozenset({Role.LEAD.value, Role.ADMIN.value})
"""Who sets targets and working hours, and strikes clocks out."""


class Theme(models.TextChoices):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Experience(models.TextChoices):
    """How long an agent has done this: urgent work goes to the experienced first."""

    NEWCOMER = "newcomer"
    REGULAR = "regular"
    EXPERT = "expert"


class AgentDirectory(BaseUserManager["Agent"]):
    """Finds agents for Django's sign-in."""

    def get_by_natural_key(self, username: str | None) -> "Agent":
        """The agent with this e-mail address, in any case."""
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser, PermissionsMixin):
    """A person who answers. Signs in by e-mail; `everything` = sees all stores and brands.

    `languages` are those of tickets that the agent can answer, none: all. `skills` are keys of channels and free words
    such as "returns". `capacity` is the most tickets held at once, null: no limit.
    """

    email = personal(models.EmailField(unique=True), Subject.AGENT, Contract.SELLER)
    name = personal(models.CharField(max_length=120), Subject.AGENT, Contract.SELLER)
    role = models.CharField(max_length=10, choices=Role, default=Role.AGENT)
    everything = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=60, default="Europe/Berlin")
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    joined_at = models.DateTimeField()
    languages = ArrayField(models.CharField(max_length=5), default=list, db_default=[])
    skills = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    experience = models.CharField(
        max_length=10, choices=Experience, default=Experience.REGULAR, db_default=Experience.REGULAR.value
    )
    capacity = models.PositiveSmallIntegerField(null=True)

    objects = AgentDirectory()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Agents who share a queue."""

    name = models.CharField(max_length=80, unique=True)
    agents = models.ManyToManyField(Agent, through="TeamMembership", related_name="teams")

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """An agent's place in a team; a lead gets what nobody takes care of."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="accounts_membership_once")]


class ApiToken(models.Model):
    """What a program opens the API with, in the name of its agent. Only its hash is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(unique=True)
    begins_with = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    requests = models.IntegerField(default=0)
    """In the minute of `last_used_at`."""


class SetupChange(models.Model):
    """One change of the set-up. Append-only; `details` names keys and ids, never personal data."""

    subject = models.CharField(max_length=60)
    """What was changed: "agent:3", "team:1"."""
    what = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="accounts_changes")]
