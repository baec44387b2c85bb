"""The board's figures, as the board shows them to the same agent."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from ninja import Router, Schema
from pydantic import Field

from tresen.api.entering import TokenRequest
from tresen.api.problems import Problem
from tresen.board.figures import NONE_RUNNING, Cell, Running
from tresen.board.paces import HORIZONS, outlook, pace_of
from tresen.board.sharing import current

router = Router(tags=["board"])


class RunningOut(Schema):
    """Tickets by one kind of clock: missed and unanswered, and what runs out within so many hours from `at`."""

    missed: int
    within: dict[int, int] = Field(description="By hours: 1, 4, 12, 24.")


class LineOut(Schema):
    """The tickets of one channel that need you."""

    channel: str
    open: int
    unassigned: int
    in_danger: int
    lost: int
    open_cases: int = Field(description="Tickets with a case that is not closed, whenever it is due.")
    platform: RunningOut
    own: RunningOut
    duty: RunningOut
    oldest_since: datetime | None


class OutlookOut(Schema):
    """Within so many hours: what is due against what is answered at the current pace; null without a pace."""

    hours: int
    person_hours: float
    answers: int | None
    platform_due: int
    platform_missed: int | None
    own_due: int
    own_missed: int | None


class BoardOut(Schema):
    """Everything of one moment, not older than it says."""

    at: datetime
    on_duty: int
    channels: list[LineOut]
    pace: float | None = Field(
        description="Answers an hour and person, of those whose shift it is, since they came; of three hours at most."
    )
    outlook: list[OutlookOut]


@router.get("", response={200: BoardOut, 401: Problem, 429: Problem}, summary="Where help is needed now")
def show_board(request: TokenRequest) -> BoardOut:
    """What your scope shows of the board, by channel."""
    figures = current(request.at).seen(request.scope)
    channels: defaultdict[str, list[Cell]] = defaultdict(list)
    cases = {one.channel: 0 for one in figures.cases}
    for one in figures.cases:
        cases[one.channel] += one.tickets
        channels[one.channel]
    for cell in figures.cells:
        channels[cell.channel].append(cell)
    pace = pace_of(figures)
    return BoardOut(
        at=figures.at,
        on_duty=figures.on_duty,
        channels=[_line(channel, cells, cases.get(channel, 0)) for channel, cells in sorted(channels.items())],
        pace=pace.an_hour,
        outlook=[
            OutlookOut(
                hours=then.hours,
                person_hours=then.person_hours,
                answers=then.answers,
                platform_due=then.platform_due,
                platform_missed=then.platform_left,
                own_due=then.own_due,
                own_missed=then.own_left,
            )
            for then in outlook(figures, pace)
        ],
    )


def _line(channel: str, cells: list[Cell], open_cases: int) -> LineOut:
    return LineOut(
        channel=channel,
        open=sum(cell.open for cell in cells),
        unassigned=sum(cell.unassigned for cell in cells),
        in_danger=sum(cell.danger for cell in cells),
        lost=sum(cell.lost for cell in cells),
        open_cases=open_cases,
        platform=_running(cell.platform for cell in cells),
        own=_running(cell.own for cell in cells),
        duty=_running(cell.duty for cell in cells),
        oldest_since=min((cell.oldest.since for cell in cells if cell.oldest), default=None),
    )


def _running(running: Iterable[Running]) -> RunningOut:
    total = sum(running, NONE_RUNNING)
    return RunningOut(missed=total.missed, within={hours: total.within(hours) for hours in HORIZONS})
