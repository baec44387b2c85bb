"""The board's numbers: each with the view that shows just those tickets, and with words for who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tresen.board.figures import Running
from tresen.board.paces import HORIZONS
from tresen.routing.views import Side, View

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """So many tickets. `name` is the number's own on the page, `words` say what it counts, `tone` how bad it is."""

    name: str
    many: int
    view: View
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Of one kind of clock: what is missed and unanswered, and what runs out within each of HORIZONS."""

    missed: Number
    within: Sequence[Number]

    @property
    def all(self) -> list[Number]:
        """In the order of the columns."""
        return [self.missed, *self.within]


def times(side: Side, running: Running, at: datetime, *, where: str, channel: str = "") -> Times:
    """The numbers of a channel, or of all; `where` is what it is called."""
    what = whose(side)
    missed = Number(
        name=f"{side}-missed-{channel}",
        many=running.missed,
        view=View.late(side, channel=channel),
        words=_("%(where)s: %(clocks)s missed and not answered yet") % {"where": where, "clocks": what},
        tone="late" if running.missed else "",
    )
    return Times(
        missed=missed, within=[_within(hours, side, running, at, where=where, channel=channel) for hours in HORIZONS]
    )


def _within(hours: int, side: Side, running: Running, at: datetime, *, where: str, channel: str) -> Number:
    many = running.within(hours)
    said = {"where": where, "clocks": whose(side), "hours": hours}
    return Number(
        name=f"{side}-{hours}-{channel}",
        many=many,
        view=View.due(side, at + hours * HOUR, channel=channel),
        words=_("%(where)s: %(clocks)s that run out within %(hours)s h") % said,
        tone="soon" if many and hours == HORIZONS[0] else "",
    )


def whose(side: Side) -> str:
    """The clocks in words, in the middle of a sentence."""
    words = {Side.PLATFORM: _("platform limits"), Side.OWN: _("our targets"), Side.DUTY: _("deadlines")}
    return words[side]
