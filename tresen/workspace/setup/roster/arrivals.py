"""What a day of the roster expects: messages by the hour, and how many of them come while nobody works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tresen.board.hourly import HOURS
from tresen.clock.stretches import Opening, without
from tresen.workspace.setup.roster.words import hours_words

BAR = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class HourShown:
    """The messages of one hour, as high as it is in hundredths of the week's highest; `covered`: somebody works."""

    height: float
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalsShown:
    """So many messages on a day, hour by hour. `gaps`: when nobody works, and how many are expected then."""

    messages: int
    hours: tuple[HourShown, ...]
    gaps: tuple[tuple[str, int], ...]


def arrivals_of(
    expected: Sequence[float] | None, day: date, works: Sequence[Opening], *, zone: ZoneInfo, highest: float
) -> ArrivalsShown | None:
    """The day's messages against when somebody works; None where nothing is known of such a day yet."""
    if expected is None:
        return None
    hours = _hours(day, zone)
    gaps = without([(hours[0][0], hours[-1][1])], works)
    missed = [(gap, _messages(expected, hours, gap)) for gap in gaps]
    return ArrivalsShown(
        messages=_whole(sum(expected)),
        hours=tuple(
            HourShown(
                height=round(BAR * many / highest, 1) if highest else 0,
                covered=2 * sum(_share(hour, gap) for gap in gaps) < 1,
            )
            for many, hour in zip(expected, hours, strict=True)
        ),
        gaps=tuple((hours_words([gap], zone), _whole(many)) for gap, many in missed if _whole(many)),
    )


def _hours(day: date, zone: ZoneInfo) -> list[Opening]:
    """The hours on the wall; one that a night in spring leaves out is empty."""
    begins = [datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in range(HOURS)]
    midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return list(zip(begins, [*begins[1:], midnight], strict=True))


def _messages(expected: Sequence[float], hours: Sequence[Opening], gap: Opening) -> float:
    return sum(many * _share(hour, gap) for many, hour in zip(expected, hours, strict=True))


def _share(hour: Opening, gap: Opening) -> float:
    """How much of an hour lies in the gap."""
    begins, ends = (each.timestamp() for each in hour)
    inside = min(ends, gap[1].timestamp()) - max(begins, gap[0].timestamp())
    return max(0.0, inside) / (ends - begins) if ends > begins else 0.0


def _whole(many: float) -> int:
    """Half a message is one, so that what is seldom is not lost for good."""
    return int(many + 0.5)
