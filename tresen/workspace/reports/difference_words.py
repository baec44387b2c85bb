"""How far a platform's figure is from ours and what could make that up, in sentences."""

from collections.abc import Iterator

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.channels.health_measures import HealthMeasure
from tresen.reports.comparing import Compared
from tresen.workspace.reports.health_words import figure
from tresen.workspace.setup.naming import reader


def difference_lines(found: Compared, measure: HealthMeasure) -> Iterator[str]:
    """How big the difference is, how many messages that is, and how many there are that could make it up."""
    said = {
        "theirs": figure(measure, found.theirs),
        "ours": figure(measure, found.ours),
        "missed": found.missed,
        "counted": found.counted,
    }
    yield _("The platform says %(theirs)s, Tresen as of then %(ours)s: %(missed)d of %(counted)d missed.") % said
    if found.same:
        yield _("There is no difference to explain.")
        return
    yield _how_many(found)
    yield _what_could(found, measure)
    if found.misses < 0 and found.open:
        yield _open_counted(found, measure)
    if not found.enough:
        yield _("The platform may know messages that never came here, or show its figure a day later.")


def _how_many(found: Compared) -> str:
    many = abs(found.misses)
    points = format_decimal(abs(found.theirs - found.ours), "#,##0.0", locale=reader())
    said = {"points": points, "count": many}
    if found.misses > 0:
        return (
            ngettext(
                "The difference of %(points)s percentage points is about %(count)d message: missed there, not here.",
                "The difference of %(points)s percentage points is about %(count)d messages: missed there, not here.",
                many,
            )
            % said
        )
    return (
        ngettext(
            "The difference of %(points)s percentage points is about %(count)d message: missed here, not there.",
            "The difference of %(points)s percentage points is about %(count)d messages: missed here, not there.",
            many,
        )
        % said
    )


def _what_could(found: Compared, measure: HealthMeasure) -> str:
    if not found.could:
        return _("No message that is known here could have made it.")
    said = {"count": found.could, "reach": figure(measure, found.reach)}
    if found.enough:
        return (
            ngettext(
                "%(count)d message could have made it: counted otherwise, the figure would be %(reach)s.",
                "%(count)d messages could have made it: if all of them counted otherwise, it would be %(reach)s.",
                found.could,
            )
            % said
        )
    return (
        ngettext(
            "%(count)d message could have made a part of it: counted otherwise, the figure would be %(reach)s.",
            "%(count)d messages could have made a part of it: if all counted otherwise, it would be only %(reach)s.",
            found.could,
        )
        % said
    )


def _open_counted(found: Compared, measure: HealthMeasure) -> str:
    said = {"count": found.open, "figure": figure(measure, found.with_open)}
    return (
        ngettext(
            "If the platform counted the one that was still open as answered, ours would be %(figure)s.",
            "If the platform counted the %(count)d that were still open as answered, ours would be %(figure)s.",
            found.open,
        )
        % said
    )
