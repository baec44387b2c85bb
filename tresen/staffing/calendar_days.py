"""What a calendar's events mean for a timetable: that it is closed then, or open. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.clock import windows
from tresen.clock.windows import Window
from tresen.staffing.calendars import Stretch, Told, days_touched, left_out
from tresen.staffing.plans import BETWEEN_NAMES, LONGEST_DAY_NAME, TimetablePlan

DAY = timedelta(days=1)


class Meaning(StrEnum):
    """What the events of a calendar say of a shop."""

    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a timetable says without the calendar. `closed`: all its closed days, holidays among them."""

    plan: TimetablePlan
    closed: Collection[date]

    def on(self, day: date) -> Sequence[Window]:
        """The hours of a day."""
        if day in self.plan.special:
            return self.plan.special[day]
        return () if day in self.closed else self.by_the_week(day)

    def by_the_week(self, day: date) -> Sequence[Window]:
        """The hours of its weekday, holiday or not."""
        return self.plan.week.get(day.weekday(), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a timetable would take over. `names`: of both kinds of days, those that are called something.

    `skipped` names what says nothing new, and why, as sentences.
    """

    closed: tuple[date, ...] = ()
    special: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


def days_taken(events: Sequence[Told], meaning: Meaning, *, usual: Usual, years: range) -> Taken:
    """The closed days, and the days with other hours than usual, that these events mean."""
    taken = _closed(events, usual) if meaning is Meaning.CLOSED else _open(events, usual)
    return Taken(
        closed=tuple(day for day in sorted(taken.closed) if day.year in years),
        special={day: taken.special[day] for day in sorted(taken.special) if day.year in years},
        names={day: name for day, name in taken.names.items() if day.year in years},
        skipped=taken.skipped,
    )


def with_days(plan: TimetablePlan, taken: Taken) -> TimetablePlan:
    """The plan with these days beside its own, in place of what it says of the same days."""
    kept = {day: plan.special[day] for day in plan.special if day not in taken.closed}
    return replace(
        plan,
        own_closed=sorted({*plan.own_closed, *taken.closed}),
        special={**kept, **taken.special},
        names={**plan.names, **taken.names},
    )


def _closed(events: Sequence[Told], usual: Usual) -> Taken:
    """Whole days close; of a day with times the rest of its hours stays, and where nothing is left it closes too."""
    names = _Names()
    whole = {day for event in events for day in event.days}
    cuts = _by_day_concerned(stretch for event in events for stretch in event.times)
    opened = {day: [] if day in whole else _stretches(day, usual.on(day)) for day in cuts}
    left = _rest(opened, cuts, whole)
    changed = {day for day in opened if left.get(day, []) != opened[day]}
    skipped: list[str] = []
    for event in events:
        cut = [_days_cut(stretch, opened, left) for stretch in event.times]
        for day in {*event.days}.union(*cut):
            names.add(day, event.name)
        skipped += _idle(event, cut.count(frozenset()))
    return Taken(
        closed=tuple(whole | {day for day in changed if day not in left}),
        special={day: tuple(map(_window, left[day])) for day in changed if day in left},
        names=names.joined(),
        skipped=tuple(skipped),
    )


def _open(events: Sequence[Told], usual: Usual) -> Taken:
    """Times are the hours of their day; a whole day without them has those of its weekday, holiday or not."""
    names = _Names()
    hours: defaultdict[date, set[Window]] = defaultdict(set)
    for event in events:
        for piece in (piece for begins, ends in event.times for piece in _daily(begins, ends)):
            hours[piece[0].date()].add(_window(piece))
            names.add(piece[0].date(), event.name)
    timed = frozenset(hours)
    skipped: list[str] = []
    for event in events:
        for day in event.days:
            if day not in timed:
                hours[day].update(usual.plan.special.get(day) or usual.by_the_week(day))
            names.add(day, event.name)
        skipped += _without_hours(event, [day for day in event.days if not hours[day]])
    special = {day: tuple(sorted(opened)) for day, opened in hours.items() if opened}
    found = names.joined()
    return Taken(special=special, names={day: found[day] for day in special if day in found}, skipped=tuple(skipped))


class _Names:
    """What each day is called, by every event of it."""

    def __init__(self) -> None:
        self._of: defaultdict[date, dict[str, None]] = defaultdict(dict)

    def add(self, day: date, name: str) -> None:
        if name:
            self._of[day][name] = None

    def joined(self) -> dict[date, str]:
        return {day: _short(BETWEEN_NAMES.join(names)) for day, names in self._of.items()}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_DAY_NAME else name[: LONGEST_DAY_NAME - 1] + "…"


def _concerned(stretch: Stretch) -> set[date]:
    """The days whose hours it can change: the night before, too, and where what is left of it begins."""
    begins, ends = stretch
    return {begins.date() - DAY, *days_touched(begins, ends), ends.date()}


def _by_day_concerned(times: Iterable[Stretch]) -> dict[date, list[Stretch]]:
    found: defaultdict[date, list[Stretch]] = defaultdict(list)
    for stretch in times:
        for day in _concerned(stretch):
            found[day].append(stretch)
    return dict(found)


def _stretches(day: date, opened: Sequence[Window]) -> list[Stretch]:
    midnight = datetime.combine(day, time.min)
    return sorted((midnight + begins, midnight + ends) for begins, ends in windows.spans(opened))


def _rest(
    opened: Mapping[date, Sequence[Stretch]], cuts: Mapping[date, Sequence[Stretch]], whole: Collection[date]
) -> dict[date, list[Stretch]]:
    """What is left of these hours, by the day on which it begins; nothing on days that are closed as a whole."""
    left: defaultdict[date, list[Stretch]] = defaultdict(list)
    for day, pieces in opened.items():
        for piece in _without(pieces, cuts[day]):
            if piece[0].date() not in whole:
                left[piece[0].date()].append(piece)
    return {day: sorted(pieces) for day, pieces in left.items()}


def _without(pieces: Iterable[Stretch], cuts: Iterable[Stretch]) -> list[Stretch]:
    left = list(pieces)
    for begins, ends in cuts:
        rests = (rest for opens, closes in left for rest in ((opens, min(closes, begins)), (max(opens, ends), closes)))
        left = [rest for rest in rests if rest[0] < rest[1]]
    return left


def _days_cut(
    stretch: Stretch, opened: Mapping[date, Sequence[Stretch]], left: Mapping[date, Sequence[Stretch]]
) -> frozenset[date]:
    """The days with less than usual because of this, and those on which what is left of a night begins."""
    begins, ends = stretch
    concerned = _concerned(stretch)
    cut = {day for day in concerned if any(opens < ends and begins < closes for opens, closes in opened[day])}
    rests = {day for day in concerned for piece in left.get(day, ()) if piece[0] == ends and piece not in opened[day]}
    return frozenset(cut | rests if cut else ())


def _daily(begins: datetime, ends: datetime) -> Iterator[Stretch]:
    """A night is hours of the day on which it begins; what is a day long or longer is cut at each midnight."""
    if ends - begins < DAY:
        yield begins, ends
        return
    for day in days_touched(begins, ends):
        midnight = datetime.combine(day, time.min)
        yield max(begins, midnight), min(ends, midnight + DAY)


def _window(stretch: Stretch) -> Window:
    begins, ends = stretch
    closes = "24:00" if ends.time() == time.min else f"{ends:%H:%M}"
    return f"{begins:%H:%M}", closes


def _idle(event: Told, times: int) -> Iterator[str]:
    """That at so many of an event's times nobody works as it is."""
    if times and times == len(event.times):
        yield left_out(event.name, _("nobody works then anyway"))
    elif times:
        words = ngettext(
            "at %(num)s of its times nobody works anyway", "at %(num)s of its times nobody works anyway", times
        )
        yield left_out(event.name, words % {"num": times})


def _without_hours(event: Told, days: Sequence[date]) -> Iterator[str]:
    """That so many of an event's days have no hours."""
    if days:
        weekdays = ", ".join(str(WEEKDAYS[number]) for number in sorted({day.weekday() for day in days}))
        reason = _("says no hours, and the week has none for it: %(weekdays)s") % {"weekdays": weekdays}
        yield left_out(event.name, reason)
