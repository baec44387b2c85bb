from django.db import models

from tresen.accounts.models import Agent
from tresen.stores.models import Store


class PlatformFigure(models.Model):
    """What a platform itself said of a store on a day, entered or read there. Never edited: the newest row counts."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    """The key of a measure in the channel's health.yaml."""
    as_of = models.DateField()
    value = models.DecimalField(max_digits=8, decimal_places=2)
    """Per cent, or hours for an average."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    """None: nobody, it was read from the platform."""

    class Meta:
        indexes = [models.Index(fields=["store", "measure", "-as_of", "-id"], name="reports_figure_newest")]


class FigureReading(models.Model):
    """When a store's own figures are read from its platform next, and why they could not be read the last time."""

    store = models.OneToOneField(Store, on_delete=models.CASCADE, related_name="+")
    next_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    failures = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    """In English, as it was said. Empty: it went well, or was not tried yet."""
