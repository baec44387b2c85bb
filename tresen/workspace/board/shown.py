"""From the board's figures to what stands on the screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tresen.board.figures import NONE_RUNNING, Cell, Figures, Oldest, Running
from tresen.board.misses import Forgiven, Misses, tightest
from tresen.board.paces import Outlook, Pace, outlook, pace_of
from tresen.board.weekends import Weekend
from tresen.channels.contract import Look
from tresen.routing.views import Side, View, ViewKind
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.workspace.board.misses import MissesShown, misses_shown
from tresen.workspace.board.numbers import Number, Times, times
from tresen.workspace.board.people import AtWork, people
from tresen.workspace.board.strip import HourShown, strip
from tresen.workspace.board.weekend import WeekendShown, weekend_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One channel, or all of them; `look` of a channel."""

    channel: str
    title: str
    look: Look | None
    open: Number
    platform: Times
    own: Times
    duty: Times
    cases: Number
    misses: MissesShown | None
    danger: Number
    unassigned: Number
    lost: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardShown:
    """`total`, and one line a channel, by name: no line moves while one looks at it."""

    at: datetime
    total: Line
    lines: Sequence[Line]
    oldest: Oldest | None
    on_duty: int
    strip: Sequence[HourShown]
    pace: Pace
    outlook: Sequence[Outlook]
    people: Sequence[AtWork]
    weekend: WeekendShown

    @property
    def answers_address(self) -> str:
        """The answers by which the pace is reckoned."""
        return f"{reverse('board-answers')}?shift={int(self.at.timestamp())}"


def board_shown(figures: Figures, weekend: Weekend, misses: Misses) -> BoardShown:
    """The figures in the active language and zone."""
    pace, forgiven = pace_of(figures), tightest(misses)
    return BoardShown(
        at=figures.at,
        total=_line(figures.cells, figures, channel="", title=_("All channels"), forgiven=forgiven),
        lines=_lines(figures, forgiven),
        oldest=min((cell.oldest for cell in figures.cells if cell.oldest), default=None),
        on_duty=figures.on_duty,
        strip=strip(figures),
        pace=pace,
        outlook=outlook(figures, pace),
        people=people(figures),
        weekend=weekend_shown(weekend),
    )


def _lines(figures: Figures, forgiven: Mapping[str, Forgiven]) -> list[Line]:
    channels: defaultdict[str, list[Cell]] = defaultdict(list, {one.channel: [] for one in figures.cases})
    for cell in figures.cells:
        channels[cell.channel].append(cell)
    lines = [
        _line(cells, figures, channel=key, title=_title(key), look=_look(key), forgiven=forgiven)
        for key, cells in channels.items()
    ]
    return sorted(lines, key=lambda line: line.title.casefold())


def _line(
    cells: Iterable[Cell],
    figures: Figures,
    *,
    channel: str,
    title: str,
    look: Look | None = None,
    forgiven: Mapping[str, Forgiven],
) -> Line:
    cells, at = list(cells), figures.at
    return Line(
        channel=channel,
        title=title,
        look=look,
        open=_open(sum(cell.open for cell in cells), channel, title),
        platform=times(Side.PLATFORM, _sum(cell.platform for cell in cells), at, where=title, channel=channel),
        own=times(Side.OWN, _sum(cell.own for cell in cells), at, where=title, channel=channel),
        duty=times(Side.DUTY, _sum(cell.duty for cell in cells), at, where=title, channel=channel),
        cases=_cases(figures, channel, title),
        misses=misses_shown(forgiven, channel),
        danger=Number(
            name=f"danger-{channel}",
            many=(danger := sum(cell.danger for cell in cells)),
            view=View(ViewKind.DANGER, channel),
            words=_("%(where)s: tickets that must be begun now to be in time") % {"where": title},
            tone="soon" if danger else "",
        ),
        unassigned=Number(
            name=f"unassigned-{channel}",
            many=sum(cell.unassigned for cell in cells),
            view=View(ViewKind.UNASSIGNED, channel),
            words=_("%(where)s: tickets that nobody answers for") % {"where": title},
        ),
        lost=Number(
            name=f"lost-{channel}",
            many=sum(cell.lost for cell in cells),
            view=View(ViewKind.LOST, channel),
            words=_("%(where)s: tickets in which nothing promised can be kept any more") % {"where": title},
        ),
    )


def _cases(figures: Figures, channel: str, title: str) -> Number:
    return Number(
        name=f"cases-{channel}",
        many=sum(one.tickets for one in figures.cases if channel in {"", one.channel}),
        view=View(ViewKind.CASES, channel),
        words=_("%(where)s: tickets with an open case, by when it is due") % {"where": title},
    )


def _sum(running: Iterable[Running]) -> Running:
    return sum(running, NONE_RUNNING)


def _open(many: int, channel: str, title: str) -> Number:
    return Number(
        name=f"open-{channel}",
        many=many,
        view=View(ViewKind.CHANNEL, channel) if channel else View(ViewKind.ALL),
        words=_("%(where)s: tickets that need us") % {"where": title},
    )


def _title(channel: str) -> str:
    try:
        return channel_title(channel)
    except LookupError:  # a channel that was taken out still has tickets
        return channel


def _look(channel: str) -> Look | None:
    try:
        return connector_of(channel).look
    except LookupError:
        return None
