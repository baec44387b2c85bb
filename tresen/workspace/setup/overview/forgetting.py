"""Requests to forget that wait for an admin."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.channels.erasure import due
from tresen.intake.erasing.requests import waiting
from tresen.workspace.dates import day_and_time
from tresen.workspace.setup.overview.care import Care


def requests_that_wait(*, at: datetime) -> Iterable[Care]:
    """One for all that wait; the first to be due says how urgent it is. One query."""
    waits = waiting()
    if not waits:
        return
    first = due(waits[0].asked_at)
    words = ngettext("%(count)s request to forget waits", "%(count)s requests to forget wait", len(waits)) % {
        "count": len(waits)
    }
    late = first <= at
    when = _("late: was due %(when)s") if late else _("due %(when)s")
    yield Care(
        tone="late" if late else "soon",
        icon="eraser",
        text=f"{words}, {when % {'when': day_and_time(first, at)}}.",
        route="setup-erasures",
        number=None,
        action=_("Look at it"),
    )
