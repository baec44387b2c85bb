from django.contrib.postgres.fields import ArrayField
from django.db import models

from tresen.accounts.models import Agent, Team


class Timetable(models.Model):
    """Named hours in one time zone. What they are stands in versions; the past keeps the version it was counted by."""

    name = models.CharField(max_length=80, unique=True)
    retired_at = models.DateTimeField(null=True, blank=True)

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
    region = models.CharField(max_length=10, blank=True)
    own_closed = ArrayField(models.DateField(), default=list)
    closed = ArrayField(models.DateField(), default=list)
    """All closed days: the country's holidays for the years around `created_at`, and `own_closed`."""
    special = models.JSONField(default=dict)
    """{"2026-12-24": [["08:00", "12:00"]]}."""
    zone_data = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timetable", "number"], name="staffing_version_number")]


class TeamCoverage(models.Model):
    """When somebody of the team works."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="coverage")
    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT)


class Shift(models.Model):
    """When one agent works."""

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="shift")
    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT)
