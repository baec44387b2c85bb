"""From a chosen policy to the event that applies it, and back from an event's hours to the timetable they name."""

from collections.abc import Mapping

from tresen.sla.choosing import ChosenPolicy
from tresen.sla.targets import HoursChoice, Target
from tresen.tickets.events import Key, PolicyApplied

_TIMETABLE = "timetable:"
_MINUTE = 60


def applied(
    policy: ChosenPolicy | None, *, timetable_versions: Mapping[int, int], pack: str = "", zone_data: str = ""
) -> PolicyApplied:
    """The event that applies `policy`, with a copy of its targets; none chosen: that no own clock runs.

    `timetable_versions` holds the current version of each timetable in `policy.targets.timetables`; `pack` is the
    edition of the platform's rules, `zone_data` the version of the time zone data.
    """
    if policy is None:
        return PolicyApplied(policy_version=None, pack=Key(pack), zone_data=Key(zone_data))
    targets = policy.targets

    def hours(target: Target | None) -> Key:
        return Key(hours_key(target.hours if target else "always", timetable_versions))

    return PolicyApplied(
        policy_version=policy.policy_version_id,
        first_reply=_seconds(targets.first_reply),
        first_reply_hours=hours(targets.first_reply),
        next_reply=_seconds(targets.next_reply),
        next_reply_hours=hours(targets.next_reply),
        resolution=_seconds(targets.resolution),
        resolution_hours=hours(targets.resolution),
        warn_percent=targets.warn_percent,
        warn_before=tuple(minutes * _MINUTE for minutes in targets.warn_before),
        pack=Key(pack),
        zone_data=Key(zone_data),
    )


def hours_key(hours: HoursChoice, timetable_versions: Mapping[int, int]) -> str:
    """How an event names these hours: "always", "coverage" or "timetable:<version id>"."""
    return f"{_TIMETABLE}{timetable_versions[hours]}" if isinstance(hours, int) else hours


def version_in(hours: str) -> int | None:
    """The timetable version that an event's hours name; None for "always" and "coverage"."""
    return int(hours.removeprefix(_TIMETABLE)) if hours.startswith(_TIMETABLE) else None


def _seconds(target: Target | None) -> int | None:
    return target.minutes * _MINUTE if target else None
