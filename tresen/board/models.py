from django.db import models


class SharedFigures(models.Model):
    """What one process counted for all of them: they read this row, and renew it when it is too old."""

    name = models.CharField(primary_key=True, max_length=20)
    """"now", "weekend", "weekend-duty", "misses", or "week" and a team."""
    shape = models.CharField(max_length=32, db_default="")
    """Which fields the figures have; another release may know others, and counts anew."""
    made_at = models.DateTimeField()
    seconds = models.FloatField()
    """How long it took: what takes long is renewed less often."""
    value = models.TextField()
    """JSON of ids, numbers and times; see tresen/board/figures.py."""
