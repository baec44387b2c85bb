"""What a report is asked: read from its address, and written into the addresses of its links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from tresen.accounts.models import LEADING
from tresen.reports.attainment import By, Line
from tresen.reports.slices import Slice
from tresen.reports.spans import Span, Step, spans, whole
from tresen.workspace.requests import AgentRequest, number_given

USUAL = timedelta(days=27)
"""Without other wish: the last four weeks, today among them."""
MOST_DAYS = 1100
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
OVER_TIME = {By.DAY: Step.DAY, By.WEEK: Step.WEEK, By.MONTH: Step.MONTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One report: its days (the last one counts), in whose time zone, by what, and what it is narrowed to.

    `own`: the agent may see no figures but their own.
    """

    first: date
    last: date
    zone: str
    by: By = By.CHANNEL
    channel: str = ""
    store: int | None = None
    team: int | None = None
    agent: int | None = None
    own: bool = field(default=False)

    @property
    def span(self) -> Span:
        """Its days as instants."""
        return whole(self.first, self.last, ZoneInfo(self.zone))

    @property
    def steps(self) -> list[Span]:
        """The days, weeks or months of its lines; none where they stand for something else."""
        step = OVER_TIME.get(self.by)
        return spans(self.first, self.last, step, ZoneInfo(self.zone)) if step else []

    @property
    def slice(self) -> Slice:
        """Which clocks it counts."""
        span = self.span
        return Slice(
            since=span.since,
            until=span.until,
            channel=self.channel,
            store=self.store,
            team=self.team,
            agent=self.agent,
        )

    def address(self, **changed: object) -> str:
        """The question as an address says it, with these parts said otherwise; None leaves one out."""
        said = {
            "by": self.by.value,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "channel": self.channel or None,
            "store": self.store,
            "team": self.team,
            "agent": None if self.own else self.agent,
        }
        return "?" + urlencode({name: value for name, value in (said | changed).items() if value is not None})

    def narrowed(self, line: Line) -> dict[str, object]:
        """What an address must say besides to mean one line of it."""
        if self.by in OVER_TIME:
            step = self.steps[int(line) - 1]
            return {"from": step.first.isoformat(), "to": step.last.isoformat()}
        return {} if self.own and self.by is By.AGENT else {self.by.value: line}


def asked(request: AgentRequest) -> Question:
    """What the address asks. What it does not say, or says wrongly, is as usual; agents see their own figures."""
    given = request.GET
    today = request.at.astimezone(ZoneInfo(request.agent.zone)).date()
    last = _day(given, "to") or today
    first = _day(given, "from") or last - USUAL
    if not 0 <= (last - first).days < MOST_DAYS:
        first, last = today - USUAL, today
    own = request.agent.role not in LEADING
    return Question(
        first=first,
        last=last,
        zone=request.agent.zone,
        by=By(given["by"]) if given.get("by") in set(By) else By.CHANNEL,
        channel=given.get("channel", "")[:30],
        store=number_given(given, "store"),
        team=number_given(given, "team"),
        agent=request.agent.pk if own else number_given(given, "agent"),
        own=own,
    )


def _day(given: Mapping[str, str], name: str) -> date | None:
    try:
        day = date.fromisoformat(given.get(name, ""))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
