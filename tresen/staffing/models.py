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
