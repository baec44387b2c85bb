"""Operations on timetables. A version is never edited: what was counted by it stays as it was."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.staffing import zone_data
from tresen.staffing.holidays import public_holidays, years_around
from tresen.staffing.models import Shift, TeamCoverage, Timetable, TimetableVersion
from tresen.staffing.plans import Problem, TimetablePlan, TimetableWrong, problems_in
from tresen.staffing.rows import names_json, names_of, special_json, special_of, week_json, week_of

LONGEST_NAME = 80


class TimetableChanged(TimetableWrong):
    """Somebody else has made a version since the one that was edited."""


@transaction.atomic
def create_timetable(*, name: str, plan: TimetablePlan, by: Actor, at: datetime) -> TimetableVersion:
    """A new timetable in its first version. Raises `TimetableWrong`."""
    name = _tidy(name)
    _refuse(_wrong_name(name, except_for=None), problems_in(plan))
    timetable = Timetable.objects.create(name=name, changed_at=at, changed_by_id=agent_id(by))
    return _add_version(timetable, None, plan, public=None, by=by, at=at)


@transaction.atomic
def change_timetable(
    timetable_id: int,
    *,
    plan: TimetablePlan,
    by: Actor,
    at: datetime,
    name: str | None = None,
    based_on: int | None = None,
) -> TimetableVersion:
    """The timetable's new version; the current one where nothing changes. Raises `TimetableWrong`.

    `based_on` is the number of the version that was edited: raises `TimetableChanged` where there is a later one.

    Holidays of the same country and region stay as they were resolved, only years that were missing are added: what
    the holiday data now says otherwise is proposed by `proposing.outdated` and taken over by `proposing.take_over`.
    """
    timetable = _locked(timetable_id)
    name = timetable.name if name is None else _tidy(name)
    _refuse(_wrong_name(name, except_for=timetable_id), problems_in(plan))
    current = current_version(timetable_id)
    _refuse_older(current, based_on)
    if name != timetable.name:
        timetable.name = name
        _touch(timetable, by=by, at=at)
    same_place = (plan.country, plan.region) == (current.country, current.region)
    public = public_days_kept(current) if same_place else None
    return _add_version(timetable, current, plan, public=public, by=by, at=at)


@transaction.atomic
def renew_version(version: TimetableVersion, *, public: Collection[date], by: Actor, at: datetime) -> TimetableVersion:
    """A new version with the same hours and these public holidays, counted by the zone data in use."""
    timetable = _locked(version.timetable_id)
    return _add_version(timetable, version, plan_of(version), public=public, by=by, at=at)


@transaction.atomic
def retire_timetable(timetable_id: int, *, by: Actor, at: datetime) -> None:
    """Offer the timetable no longer; policies and clocks that count by it go on. Retiring twice changes nothing.

    Raises `TimetableWrong` while it is the default, or a team or an agent works by it.
    """
    timetable = _locked(timetable_id)
    if timetable.retired_at is not None:
        return
    if timetable.is_default:
        raise TimetableWrong(
            [Problem("timetable", _("This is the default. Make another timetable the default first."))]
        )
    users = [
        *TeamCoverage.objects.filter(timetable=timetable).values_list("team__name", flat=True),
        *Shift.objects.filter(timetable=timetable).values_list("agent__name", flat=True),
    ]
    if users:
        sentence = _("Still in use by: %(names)s. Give them another timetable first.") % {"names": ", ".join(users)}
        raise TimetableWrong([Problem("timetable", sentence)])
    timetable.retired_at = at
    _touch(timetable, by=by, at=at)


@transaction.atomic
def make_default(timetable_id: int, *, by: Actor, at: datetime) -> None:
    """Let this timetable count for every team without coverage and every agent without a shift."""
    timetable = _locked(timetable_id)
    if timetable.retired_at is not None:
        raise TimetableWrong([Problem("timetable", _("This timetable is retired."))])
    Timetable.objects.filter(is_default=True).exclude(pk=timetable_id).update(is_default=False)
    timetable.is_default = True
    _touch(timetable, by=by, at=at)


def current_version(timetable_id: int) -> TimetableVersion:
    """The newest version of a timetable."""
    return TimetableVersion.objects.filter(timetable=timetable_id).latest("number")


def plan_of(version: TimetableVersion) -> TimetablePlan:
    """What a person would enter to get this version."""
    return TimetablePlan(
        zone=version.zone,
        week=week_of(version.week),
        country=version.country,
        region=version.region,
        own_closed=tuple(version.own_closed),
        special=special_of(version.special),
        names=names_of(version.names),
    )


def public_days_kept(version: TimetableVersion) -> frozenset[date]:
    """The public holidays of a version as they were resolved when it was saved.

    An own closed day may be a holiday too: it counts as one where the package says so today.
    """
    public_today = public_holidays(version.country, version.region, years_of(version))
    return frozenset(version.closed) - (frozenset(version.own_closed) - public_today)


def years_of(version: TimetableVersion) -> range:
    """The years whose holidays a version keeps."""
    return range(version.first_year, version.last_year + 1)


def agent_id(by: Actor) -> int | None:
    """The agent who acts; None for the machine."""
    return by.id if by.kind is ActorKind.AGENT else None


def _add_version(
    timetable: Timetable,
    current: TimetableVersion | None,
    plan: TimetablePlan,
    *,
    public: Collection[date] | None,
    by: Actor,
    at: datetime,
) -> TimetableVersion:
    """`public` holds the holidays already resolved for the current version's years; None: resolve all of them."""
    around = years_around(at.year)
    first = min(around[0], current.first_year) if current else around[0]
    last = max(around[-1], current.last_year) if current else around[-1]
    missing: Iterable[int] = range(first, last + 1)
    if current is not None and public is not None:
        missing = [year for year in missing if year not in years_of(current)]
    own = frozenset(plan.own_closed)
    closed = own | frozenset(public or ()) | public_holidays(plan.country, plan.region, missing)
    version = TimetableVersion(
        timetable=timetable,
        number=current.number + 1 if current else 1,
        zone=plan.zone,
        week=week_json(plan.week),
        country=plan.country,
        region=plan.region,
        own_closed=sorted(own),
        closed=sorted(closed),
        special=special_json(plan.special),
        names=names_json(plan.names, own.union(plan.special)),
        first_year=first,
        last_year=last,
        zone_data=zone_data.stamp(plan.zone, first_year=first, last_year=last),
        created_at=at,
        created_by_id=agent_id(by),
    )
    if current is not None and _says(version) == _says(current):
        return current
    version.save(force_insert=True)
    return version


def _says(version: TimetableVersion) -> tuple[object, ...]:
    return (
        version.zone,
        version.week,
        version.country,
        version.region,
        list(version.own_closed),
        list(version.closed),
        version.special,
        version.names,
        version.first_year,
        version.last_year,
        version.zone_data.partition(" ")[2],
    )


def _locked(timetable_id: int) -> Timetable:
    return Timetable.objects.select_for_update().get(pk=timetable_id)


def _touch(timetable: Timetable, *, by: Actor, at: datetime) -> None:
    timetable.changed_at, timetable.changed_by_id = at, agent_id(by)
    timetable.save()


def _refuse(*problems: Collection[Problem]) -> None:
    found = [problem for several in problems for problem in several]
    if found:
        raise TimetableWrong(found)


def _refuse_older(current: TimetableVersion, based_on: int | None) -> None:
    if based_on is not None and based_on != current.number:
        sentence = _("Somebody changed this timetable since you opened it. Saving again replaces version %(number)s.")
        raise TimetableChanged([Problem("timetable", sentence % {"number": current.number})])


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _wrong_name(name: str, *, except_for: int | None) -> list[Problem]:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        sentence = _("Give the timetable a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        return [Problem("name", sentence)]
    namesake = Timetable.objects.filter(name__iexact=name).first()
    if namesake is not None and namesake.pk != except_for:
        sentence = _("There is a timetable “%(name)s” already, perhaps a retired one.") % {"name": name}
        return [Problem("name", sentence)]
    return []
