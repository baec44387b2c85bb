from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent, Team


class LastChange(models.Model):
    """Who changed this row last, and when. None: the machine."""

    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True


class Timetable(LastChange):
    """Named hours in one time zone. What they are stands in versions; the past keeps the version it was counted by."""

    name = models.CharField(max_length=80, unique=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    """Counts for whoever has no timetable of their own: a team without coverage, an agent without a shift."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], name="staffing_one_default", condition=models.Q(is_default=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class TimetableVersion(models.Model):
    """Hours with their closed days *resolved*: an upgrade of the holiday data never changes the past."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    zone = models.CharField(max_length=60)
    week = models.JSONField()
    """{"0": [["08:00", "12:00"], …], …}; 0 = Monday."""
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=30, blank=True)
    own_closed = ArrayField(models.DateField(), default=list)
    closed = ArrayField(models.DateField(), default=list)
    """All closed days: the country's holidays from `first_year` to `last_year`, and `own_closed`."""
    first_year = models.SmallIntegerField()
    last_year = models.SmallIntegerField()
    special = models.JSONField(default=dict)
    """{"2026-12-24": [["08:00", "12:00"]]}."""
    names = models.JSONField(default=dict, db_default={})
    """What own closed and special days are called: {"2026-12-24": "Stocktaking"}."""
    zone_data = models.CharField(max_length=20)
    """tzdata's version, and what it said about this zone in those years: see tresen/staffing/zone_data.py."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timetable", "number"], name="staffing_version_number")]


class TeamCoverage(LastChange):
    """When somebody of the team works."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="coverage")
    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT)


class Shift(LastChange):
    """When one agent works."""

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="shift")
    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT)


class RosteredShift(LastChange):
    """One window in which an agent works on one date; without hours: does not work on it.

    Where any of these concerns a team on a date, they say who of it works then, not its timetable.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="rostered", db_index=False)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """None: for all teams of the agent."""
    day = models.DateField()
    opens = models.CharField(max_length=5, blank=True)
    closes = models.CharField(max_length=5, blank=True)
    zone = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["agent", "day"], name="staffing_rostered")]


class AbsenceKind(models.TextChoices):
    """Why somebody is away. Only leads and the agent are told which."""

    SICK = "sick"
    HOLIDAY = "holiday"
    OTHER = "other"


class Absence(LastChange):
    """An agent does not work in [starts_at, ends_at), whatever timetable and roster say. No end: not yet known."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="absences", db_index=False)
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    hand_over_at = models.DateTimeField(null=True, blank=True)
    """From when on the agent's tickets that need us go to others. None: they wait."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="staffing_absence_ends_later",
            )
        ]
        indexes = [models.Index(fields=["agent", "starts_at"], name="staffing_away")]


class OnCall(LastChange):
    """An agent can be called in [starts_at, ends_at), outside of working hours too."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="on_call", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="staffing_on_call_ends_later"
            )
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="staffing_on_call_when")]


class OnCallEdition(models.Model):
    """When somebody could be called, as the ledger names it. Kept for good, never edited."""

    openings = ArrayField(models.DateTimeField(), unique=True)
    """Beginnings and ends by turns, in order and apart."""


class TeamRoster(models.Model):
    """That the roster says something of a team, and by a number that is another after each change, what."""

    team = models.OneToOneField(Team, primary_key=True, on_delete=models.CASCADE, related_name="roster")
    revision = models.BigIntegerField()
    """Drawn by lot: a change that was rolled back never shares its number with a later one."""


class Followed(models.Model):
    """How far the queue has followed who works when, so that a killed sweep goes on where it was."""

    followed = models.CharField(max_length=40, blank=True)
    """The stamp of that by which all open tickets concerned have their place."""
    following = models.CharField(max_length=40, blank=True)
    """The stamp that a pass over them is about; empty when none is under way."""
    noticed = models.BigIntegerField(default=0)
    """The transaction that found it changed: one that began before may still place by what was before."""
    reached = models.BigIntegerField(default=0)
    """The last ticket of the pass that stands by it."""
    last_pass = models.BooleanField(default=False)
    """Every older transaction had ended before the pass began."""

    class Meta:
        abstract = True


class CoverageFollowed(Followed):
    """A team's coverage, and its open tickets."""

    team = models.OneToOneField(Team, primary_key=True, on_delete=models.CASCADE, related_name="+")


class OnCallFollowed(Followed):
    """The on-call list, and all open tickets of tier 0. One row."""
