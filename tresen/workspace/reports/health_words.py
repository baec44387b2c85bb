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
from tresen.reports.differences import MORE_THERE, Why
from tresen.reports.health import Standing
from tresen.stores.causes import Trouble
from tresen.stores.channel_words import channel_title
from tresen.stores.connection_troubles import explained_connection
from tresen.workspace.reports.words import long_day, short_day, tenth
from tresen.workspace.setup.naming import reader

TITLES = (
    gettext_lazy("12-hour response rate"),
    gettext_lazy("24-hour response rate"),
    gettext_lazy("Average response time, 30 days"),
    gettext_lazy("Average response time, 90 days"),
    gettext_lazy("Cancellations caused by the seller"),
    gettext_lazy("Cases closed without seller resolution"),
    gettext_lazy("First answers in time"),
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
    Why.ANSWERED_THERE: gettext_lazy("Answered on the platform; late by the time of the copy that came here"),
    Why.NOT_MARKED_YET: gettext_lazy("Needs no response; that it is marked there is not confirmed here"),
}

NOTES = (
    gettext_lazy("Advice to answer at least 90 per cent in 24 hours, third party, 2012"),
    gettext_lazy("Commonly named bound, not seen in a document"),
    gettext_lazy("Kaufland's Seller University, read 2026-11-22"),
    gettext_lazy("Third party's guide to account health, without date"),
    gettext_lazy("Third party's guide, for the 85 per cent over 30 days"),
    gettext_lazy("eBay help, page 4116 of ebay.com, read 2026-11-22"),
)
"""Sources without an address, which are English data too; a test holds the list complete."""


def measure_name(measure: HealthMeasure) -> str:
    """What a measure is called in the active language."""
    return _(measure.title)


def figure(measure: HealthMeasure, value: float | None) -> str:
    """4.2 %, or 21.5 h for an average; a dash for nothing."""
    if value is None:
        return "–"
    shown = value if value < 1 or measure.tells is Tells.AVERAGE else tenth(value)
    number = format_decimal(shown, "#,##0.0#" if value < 1 else "#,##0.0", locale=reader())
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


def standing_shown(one: Standing) -> tuple[str, str, str]:
    """How a store stands, in words, with the tone and the icon of its badge."""
    if one.figure is None:
        return _("nothing counted"), "waiting", ""
    if not one.holds:
        words = _("too low") if one.measure.wanted.side is Side.AT_LEAST else _("too high")
        return words, "late", "circle-alert"
    if one.budget and one.budget.nearly_spent:
        return _("nearly spent"), "soon", "triangle-alert"
    return _("good"), "met", "circle-check"


def not_lost_yet(one: Standing) -> str:
    """Why misses are left though the figure is not as wanted now; empty where it is."""
    if one.holds or one.budget is None or one.held is None or one.budget.left < 0:
        return ""
    said = {"count": one.held.open, "figure": figure(one.measure, one.budget.if_all_answered)}
    return (
        ngettext(
            "%(figure)s once the open one is answered in time",
            "%(figure)s once the %(count)d open ones are answered in time",
            one.held.open,
        )
        % said
    )


def told_when(one: Standing, *, short: bool = False) -> str:
    """Of which day the platform's figure is, and whether it was read there by itself; empty without one."""
    if one.reported is None:
        return ""
    said = {"day": (short_day if short else long_day)(one.reported.as_of), "platform": channel_title(one.store)}
    if not one.reported.by_itself:
        return said["day"]
    if short:
        return _("%(day)s, read by itself") % said
    return _("as %(platform)s says, as of %(day)s, read by itself") % said


def reading_said(one: Standing) -> str:
    """How the platform's own figure comes by itself, where it does; empty where it is entered by hand alone."""
    if one.reading is None:
        return ""
    said = {"platform": channel_title(one.store)}
    if one.reading.trouble:
        return _("The figure could not be read from %(platform)s; it is tried again.") % said
    if one.reading.read_at is None:
        return _("The figure is read from %(platform)s once a day, for the first time soon.") % said
    if one.reported is None:
        return _("The figure is read from %(platform)s once a day; %(platform)s has none yet.") % said
    return _("The figure is read from %(platform)s once a day. What you enter here is kept beside it.") % said


def reading_trouble(one: Standing) -> Trouble | None:
    """What kept the platform's figure from being read the last time."""
    return explained_connection(one.reading.trouble) if one.reading and one.reading.trouble else None


def nothing_doubtful(one: Standing, *, anything: bool) -> str:
    """Why no message may count otherwise there. `anything`: a message of the store was ever read."""
    if one.held is not None and one.held.in_time + len(one.held.missed) + one.held.open:
        return _("Nothing in this window: every message was met or missed without doubt.")
    if not anything:
        return _("No message of this store was read yet, so nothing could be counted.")
    if one.reading is not None and one.reading.read_at and not one.reading.trouble and one.reported is None:
        return _("No message in this window counts: nothing was counted here, and the platform counted nothing either.")
    return _("No message in this window counts for this measure.")


def direction(measure: HealthMeasure, why: Why) -> str:
    """What the platform's figure is beside ours if it counts the message otherwise."""
    return _("higher") if (why in MORE_THERE) is (measure.tells is Tells.LATE) else _("lower")


def source(written: str) -> str:
    """A source as it is shown: a note in the reader's language, an address as it is."""
    return written if written.startswith("https://") else _(written)


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
