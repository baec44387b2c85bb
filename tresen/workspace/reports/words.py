"""What lines, measures and times of reports are called."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.models import Agent, Team
from tresen.reports.attainment import By, Line, Measure
from tresen.reports.counted import Which
from tresen.reports.slices import NOBODY
from tresen.reports.spans import Span
from tresen.sla.duty_sentences import duty_names
from tresen.stores.channel_words import limit_title
from tresen.stores.connectors import connectors
from tresen.stores.models import Store
from tresen.workspace.setup.naming import any_channel_title, reader

TENTH, ALL = Decimal("0.1"), Decimal(100)

METRICS: Mapping[str, str | Promise] = {
    "first_reply": gettext_lazy("First reply"),
    "next_reply": gettext_lazy("Next reply"),
    "resolution": gettext_lazy("Solving"),
}
KINDS: Mapping[str, str | Promise] = {
    "platform": gettext_lazy("The platforms’ limits"),
    "own": gettext_lazy("Our own targets"),
    "resolution": gettext_lazy("Solving"),
    "case": gettext_lazy("Cases"),
    "promise": gettext_lazy("Promises"),
    "legal": gettext_lazy("Legal requests"),
    "window": gettext_lazy("How long answers are taken"),
}
BY: Mapping[By, str | Promise] = {
    By.CHANNEL: gettext_lazy("Channel"),
    By.STORE: gettext_lazy("Store"),
    By.TEAM: gettext_lazy("Team"),
    By.AGENT: gettext_lazy("Agent"),
    By.DAY: gettext_lazy("Day"),
    By.WEEK: gettext_lazy("Week"),
    By.MONTH: gettext_lazy("Month"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    Which.ALL: gettext_lazy("all"),
    Which.DECIDED: gettext_lazy("met or missed"),
    Which.MET: gettext_lazy("met"),
    Which.PROVISIONAL: gettext_lazy("provisionally met"),
    Which.BREACHED: gettext_lazy("missed"),
    Which.COUNTED_MISSED: gettext_lazy("missed"),
    Which.WAIVED: gettext_lazy("waived"),
    Which.VOID: gettext_lazy("struck out"),
    Which.RUNNING: gettext_lazy("running"),
    Which.CORRECTED: gettext_lazy("corrected"),
}


def outcome_title(outcome: str) -> str:
    """How one clock came out."""
    return str(OUTCOMES.get(_OUTCOME_OF.get(outcome, outcome), outcome))


_OUTCOME_OF = {"met_provisional": Which.PROVISIONAL, "paused": Which.RUNNING}


def kind_title(kind: str) -> str:
    """What a kind of clock is called over its figures; one that this screen does not know stands for itself."""
    return str(KINDS.get(kind, kind.replace("_", " ").capitalize()))


def measure_title(measure: Measure) -> str:
    """First reply; Amazon: Late response rate."""
    if measure.kind == "window":
        return limit_title(_window_titles().get(measure.metric, measure.metric))
    if measure.kind != "platform":
        title = str(METRICS.get(measure.metric) or duty_names().get(measure.metric) or measure.metric.replace("_", " "))
        return title[:1].upper() + title[1:]
    title = _cliff_titles().get((measure.channel, measure.metric), measure.metric)
    return f"{any_channel_title(measure.channel)}: {limit_title(title)}"


def line_titles(by: By, lines: Iterable[Line], steps: list[Span]) -> dict[Line, str]:
    """What each line stands for; one small query where they are stores, teams or agents."""
    wanted = list(lines)
    match by:
        case By.CHANNEL:
            return {line: any_channel_title(str(line)) for line in wanted}
        case By.STORE:
            names = dict(Store.objects.filter(pk__in=wanted).values_list("pk", "name"))
        case By.TEAM:
            names = dict(Team.objects.filter(pk__in=wanted).values_list("pk", "name"))
        case By.AGENT:
            names = {NOBODY: _("nobody of us"), **dict(Agent.objects.filter(pk__in=wanted).values_list("pk", "name"))}
        case _:
            return {number: span_title(by, steps[int(number) - 1]) for number in wanted}
    return {line: names.get(int(line), str(line)) for line in wanted}


def span_title(by: By, span: Span) -> str:
    """Mon, 16 Nov; week 47 from 16 Nov; November 2026."""
    match by:
        case By.WEEK:
            return _("Week %(number)d, from %(day)s") % {
                "number": span.first.isocalendar().week,
                "day": format_date(span.first, "d MMM", locale=reader()),
            }
        case By.MONTH:
            return format_date(span.first, "LLLL y", locale=reader())
        case _:
            return format_date(span.first, "EEE d MMM", locale=reader())


def long_day(day: date) -> str:
    """16 November 2026."""
    return format_date(day, "long", locale=reader())


def short_day(day: date) -> str:
    """16 Nov."""
    return format_date(day, "d MMM", locale=reader())


def lasted(time: timedelta | None) -> str:
    """40 s, 12 min, 3 h 05 min, 2 d 4 h; a dash for nothing."""
    if time is None:
        return "–"
    seconds = round(time.total_seconds())
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 60:  # noqa: PLR2004 - a minute
        return _("%(seconds)d s") % {"seconds": seconds}
    if minutes < 60:  # noqa: PLR2004 - an hour
        return _("%(minutes)d min") % {"minutes": minutes}
    if hours < 48:  # noqa: PLR2004 - two days
        return _("%(hours)d h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes % 60:02}"}
    return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}


def share(part: float | None) -> str:
    """98.2 %; a dash for nothing."""
    if part is None:
        return "–"
    return f"{format_decimal(tenth(part * 100), '#,##0.0', locale=reader())}\N{NO-BREAK SPACE}%"


def tenth(percent: float) -> Decimal:
    """Rounded to a tenth, but what is not all is not rounded up to all, and what is something not down to nothing."""
    rounded = Decimal(repr(percent)).quantize(TENTH, ROUND_HALF_UP)
    if rounded == 0 and percent > 0:
        return TENTH
    return ALL - TENTH if rounded == ALL and percent < ALL else rounded


def number(count: int) -> str:
    """12,345 as the reader writes it."""
    return str(format_decimal(count, locale=reader()))


@cache
def _cliff_titles() -> dict[tuple[str, str], str]:
    return {
        (connector.key, cliff.key): cliff.title
        for connector in connectors()
        for edition in connector.rule_packs.editions
        for cliff in edition.cliffs
    }


@cache
def _window_titles() -> dict[str, str]:
    """Channels that share a key mean the same by it."""
    return {metric: title for (_channel, metric), title in _cliff_titles().items()}
