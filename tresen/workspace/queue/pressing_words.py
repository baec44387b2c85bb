"""The mark on rows whose limit runs out soon, where the store's platform will not forgive many more misses."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.reports.pressing import Pressing, pressing_stores
from tresen.routing.queue_rows import QueueRow
from tresen.workspace.dates import clock_time
from tresen.workspace.queue.rows import Fact

NEAR = timedelta(hours=4)
"""A mark on every row of a store would say nothing of any of them."""


def pressing_facts(row: QueueRow, at: datetime) -> tuple[Fact, ...]:
    """One fact while the limit that the measure counts can still be kept, runs out soon, and few misses are left."""
    if row.platform_due is None or not at < row.platform_due <= at + NEAR:
        return ()
    pressing = pressing_stores(at=at).get((row.store, row.platform_cliff))
    if pressing is None:
        return ()
    return (
        Fact(
            words=_left(pressing.left),
            tone="soon" if pressing.left > 0 else "late",
            icon="heart-pulse",
            why=_why(row, pressing),
            address=reverse("reports-measure", args=[pressing.store, pressing.measure]),
        ),
    )


def _left(left: int) -> str:
    if left > 0:
        return ngettext("%(count)d more miss left", "%(count)d more misses left", left) % {"count": left}
    return _("no misses left") if left == 0 else _("too many misses")


def _why(row: QueueRow, pressing: Pressing) -> str:
    said = {
        "store": row.store,
        "measure": _(pressing.title),
        "allowed": pressing.allowed,
        "left": pressing.left,
        "over": -pressing.left,
        "when": clock_time(pressing.at),
    }
    if pressing.left < 0:
        return (
            _("%(store)s, %(measure)s: %(allowed)d misses are forgiven, it has %(over)d more. As of %(when)s.") % said
        )
    return (
        _("%(store)s, %(measure)s: of %(allowed)d misses that are forgiven %(left)d are left. As of %(when)s.") % said
    )
