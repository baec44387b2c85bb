"""The mark on rows of a store whose platform will not forgive many more misses."""

from datetime import datetime

from django.utils.translation import gettext as _

from tresen.reports.pressing import pressing_stores
from tresen.routing.queue_rows import QueueRow
from tresen.workspace.queue.rows import Fact


def pressing_facts(row: QueueRow, at: datetime) -> tuple[Fact, ...]:
    """One fact while the platform's limit of this row can still be kept and its store has few misses left, or none."""
    pressing = pressing_stores(at=at).get(row.store) if row.platform_due and row.platform_due > at else None
    if pressing is None:
        return ()
    if pressing.left > 0:
        return (Fact(words=_("few misses left"), tone="soon", icon="heart-pulse"),)
    return (Fact(words=_("no misses left"), tone="late", icon="heart-pulse"),)
