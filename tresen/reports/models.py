from django.db import models

from tresen.accounts.models import Agent
from tresen.stores.models import Store


class PlatformFigure(models.Model):
    """What a platform itself said of a store on a day, as somebody entered it. Never edited: the newest row counts."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    """The key of a measure in the channel's health.yaml."""
    as_of = models.DateField()
    value = models.DecimalField(max_digits=8, decimal_places=2)
    """Per cent, or hours for an average."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["store", "measure", "-as_of", "-id"], name="reports_figure_newest")]
