"""The open case of a row: which it is and until when, as a fact, and as its time in the list of cases."""

from datetime import datetime

from django.utils.translation import gettext as _

from tresen.routing.queue_rows import QueueRow
from tresen.sla.duty_sentences import duty_names
from tresen.workspace.clocks import face
from tresen.workspace.dates import day_and_time
from tresen.workspace.queue.rows import Fact, Timing


def case_fact(row: QueueRow, at: datetime) -> Fact:
    """What the case is, and until when it must be answered; without a date what is waited for."""
    name = str(duty_names().get(row.case_kind, row.case_kind))
    said = {"case": name[:1].upper() + name[1:], "when": day_and_time(row.case_due, at) if row.case_due else ""}
    asked = _ASKED[row.task]() if row.task in _ASKED else ""
    if row.case_due is None:
        waits = f"{said['case']}: {asked}" if asked else _("%(case)s: the platform decides") % said
        return Fact(words=waits, tone="accent" if asked else "", icon=ICON)
    if row.case_due <= at:
        return Fact(words=_("%(case)s, was due %(when)s") % said, tone="late", icon=ICON, why=asked)
    return Fact(words=_("%(case)s until %(when)s") % said, tone="accent", icon=ICON, why=asked)


def case_timing(row: QueueRow, at: datetime) -> Timing | None:
    """When the case is due, for a list that is in this order."""
    if row.case_due is None:
        return None
    shown = face(due=row.case_due, started_at=None, at=at)
    prefix = _("deadline") if row.case_due > at else _("was due")
    return Timing(face=shown, prefix=prefix, when=day_and_time(row.case_due, at))


ICON = "gavel"
_ASKED = {"case": lambda: _("answer the case"), "case_told": lambda: _("look at the case")}
