"""The mark on rows whose limit runs out soon, where the store's platform will not forgive many more misses."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.board.misses import Forgiven, misses_left, pressing
from tresen.routing.queue_rows import QueueRow
from tresen.workspace.dates import clock_time
from tresen.workspace.queue.rows import Fact

NEAR = timedelta(hours=4)
"""A mark on every row of a store would say nothing of any of them."""


def pressing_facts(rows: Iterable[QueueRow], at: datetime) -> dict[int, Fact]:
    """By ticket: the mark while the limit that a measure counts can still be kept and runs out soon."""
    near = [row for row in rows if row.platform_due is not None and at < row.platform_due <= at + NEAR]
    if not near:
        return {}
    misses = misses_left(at)
    found = pressing(misses)
    keys = {row.ticket: (row.store, row.platform_cliff) for row in near}
    return {ticket: _fact(found[key], misses.at) for ticket, key in keys.items() if key in found}


def _fact(spent: Forgiven, at: datetime) -> Fact:
    return Fact(
        words=_left(spent.left),
        tone="soon" if spent.left > 0 else "late",
        icon="heart-pulse",
        why=_why(spent, at),
        address=reverse("reports-measure", args=[spent.store, spent.measure]),
    )


def _left(left: int) -> str:
    if left > 0:
        return ngettext("%(count)d more miss left", "%(count)d more misses left", left) % {"count": left}
    return _("no misses left") if left == 0 else _("too many misses")


def _why(spent: Forgiven, at: datetime) -> str:
    said = {
        "store": spent.name,
        "measure": _(spent.title),
        "allowed": spent.allowed,
        "left": spent.left,
        "over": -spent.left,
        "when": clock_time(at),
    }
    if spent.left < 0:
        return (
            _("%(store)s, %(measure)s: %(allowed)d misses are forgiven, it has %(over)d more. As of %(when)s.") % said
        )
    return (
        _("%(store)s, %(measure)s: of %(allowed)d misses that are forgiven %(left)d are left. As of %(when)s.") % said
    )
