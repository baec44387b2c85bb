"""Seller health in words."""

from collections.abc import Mapping

from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tresen.channels.dated_data import Mark
from tresen.channels.health_measures import HealthMeasure, Side, Tells
from tresen.reports.attainment import Measure
from tresen.reports.counted import Which
from tresen.reports.differences import OURS_BETTER, THEIRS_BETTER, Why
from tresen.reports.health import Standing
from tresen.workspace.setup.naming import reader

TITLES = (
    gettext_lazy("12-hour response rate"),
    gettext_lazy("24-hour response rate"),
    gettext_lazy("Average response time, 30 days"),
    gettext_lazy("Average response time, 90 days"),
    gettext_lazy("Cases closed without seller resolution"),
    gettext_lazy("Late response rate, 7 days"),
    gettext_lazy("Late response rate, 30 days"),
    gettext_lazy("Late response rate, 90 days"),
    gettext_lazy("Order defect rate, 60 days"),
    gettext_lazy("Seller response rate, 30 days"),
    gettext_lazy("Transaction defect rate"),
)
"""The measures' titles are English data; the catalogues know them by this list, which a test holds complete."""

WHYS: Mapping[Why, str | Promise] = {
    Why.STRUCK_OUT: gettext_lazy("Struck out here; there it may still count"),
    Why.PROVISIONAL: gettext_lazy("The answer may still bounce"),
    Why.JUST_LATE: gettext_lazy("Late by less than half an hour"),
    Why.JUST_IN_TIME: gettext_lazy("In time by less than half an hour"),
    Why.NO_ANSWER_SEEN: gettext_lazy("No answer seen here; it may have been given there"),
    Why.MARKED_THERE: gettext_lazy("Taken out: no response needed, confirmed as marked there"),
    Why.MARKED_LATE: gettext_lazy("Marked as needing none after its limit; taken out here"),
    Why.ANSWERED_THERE: gettext_lazy("Answered on the platform; the time is that of the copy"),
    Why.NOT_MARKED_YET: gettext_lazy("Needs no response, but is not confirmed as marked there"),
}


def measure_name(measure: HealthMeasure) -> str:
    """What a measure is called in the active language."""
    return _(measure.title)


def figure(measure: HealthMeasure, value: float | None) -> str:
    """4.2 %, or 21.5 h for an average; a dash for nothing."""
    if value is None:
        return "–"
    number = format_decimal(value, "#,##0.0#" if value < 1 else "#,##0.0", locale=reader())
    return _("%(number)s h") % {"number": number} if measure.tells is Tells.AVERAGE else f"{number}\N{NO-BREAK SPACE}%"


def wanted(measure: HealthMeasure) -> str:
    """Below 10 %; at least 95 %."""
    number = format_decimal(measure.wanted.value, locale=reader())
    bound = _("%(number)s h") % {"number": number} if measure.tells is Tells.AVERAGE else f"{number}\N{NO-BREAK SPACE}%"
    match measure.wanted.side:
        case Side.BELOW:
            return _("below %(bound)s") % {"bound": bound}
        case Side.AT_MOST:
            return _("at most %(bound)s") % {"bound": bound}
        case Side.AT_LEAST:
            return _("at least %(bound)s") % {"bound": bound}


def misses_left(left: int) -> str:
    """3 more; none; 2 too many."""
    if left == 0:
        return _("none")
    if left < 0:
        return ngettext("%(count)d too many", "%(count)d too many", -left) % {"count": -left}
    return ngettext("%(count)d more", "%(count)d more", left) % {"count": left}


def sureness(measure: HealthMeasure) -> str:
    """How sure the bound is, where it is not the platform's own word."""
    if measure.sure in {Mark.SEEN, Mark.CODE, Mark.DOCUMENTED}:
        return ""
    return _("the bound is not the platform’s own word")


def direction(why: Why) -> str:
    """On which side it makes the figure better."""
    if why in OURS_BETTER:
        return _("better here than there")
    return _("better there than here") if why in THEIRS_BETTER else _("either way")


def counting(standing: Standing) -> Measure:
    """The clocks that the measure counts."""
    return Measure("platform", standing.store.channel, standing.measure.limit)


def which_title(which: str) -> str:
    """What the list of a number's messages is called."""
    titles = {
        Which.MET: _("Answered in time, in this measure’s window."),
        Which.COUNTED_MISSED: _("Missed, in this measure’s window: late, or not answered."),
        Which.RUNNING: _("Still open, in this measure’s window."),
    }
    return titles.get(Which(which), _("In this measure’s window."))
