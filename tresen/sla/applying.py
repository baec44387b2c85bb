"""From a chosen policy to the event that applies it, and back from an event's hours to the timetable they name."""

from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from tresen.sla.choosing import ChosenPolicy
from tresen.sla.targets import COVERAGE, STORE, HoursChoice, Target, Targets
from tresen.tickets.events import Key, PolicyApplied

_TIMETABLE = "timetable:"
_BESIDES = "+"
_ON_CALL = f"{_BESIDES}on_call:"
_OF_STORE = f"{_BESIDES}store"
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

    event = PolicyApplied(
        policy_version=policy.policy_version_id,
        first_reply=_seconds(targets.first_reply),
        first_reply_hours=hours(targets.first_reply),
        next_reply=_seconds(targets.next_reply),
        next_reply_hours=hours(targets.next_reply),
        resolution=_seconds(targets.resolution),
        resolution_hours=hours(targets.resolution),
        warn_percent=targets.warn_percent,
        warn_before=_in_seconds(targets.warn_before),
        pack=Key(pack),
        zone_data=Key(zone_data),
    )
    return replace(event, **_own_warnings(targets))


def _own_warnings(targets: Targets) -> dict[str, tuple[int, ...]]:
    own = {metric: target.warnings for metric, target in targets.given.items() if target.warnings is not None}
    percent = {f"{metric}_warn_percent": warnings.percent for metric, warnings in own.items()}
    return percent | {f"{metric}_warn_before": _in_seconds(warnings.before) for metric, warnings in own.items()}


def _in_seconds(minutes: Collection[int]) -> tuple[int, ...]:
    return tuple(each * _MINUTE for each in minutes)


def hours_key(hours: HoursChoice, timetable_versions: Mapping[int, int]) -> str:
    """How an event names these hours: "always", "timetable:<version id>"; "coverage" and "store" are frozen later."""
    return f"{_TIMETABLE}{timetable_versions[hours]}" if isinstance(hours, int) else hours


def version_in(hours: str) -> int | None:
    """The timetable version that an event's hours name; None for "always" and "coverage"."""
    return int(hours.partition(_BESIDES)[0].removeprefix(_TIMETABLE)) if hours.startswith(_TIMETABLE) else None


def is_of_store(hours: str) -> bool:
    """Whether the timetable that an event's hours name was the store's own."""
    return hours.endswith(_OF_STORE)


def on_call_in(hours: str) -> int | None:
    """The edition of the on-call list whose hours count besides; mostly none."""
    edition = hours.partition(_ON_CALL)[2]
    return int(edition) if edition else None


def in_version(hours: Key, version: int) -> Key:
    """These hours by another version of their timetable; whose it is and who is on call besides stay as frozen."""
    _, found, said = hours.partition(_BESIDES)
    return Key(f"{_TIMETABLE}{version}{found}{said}")


def in_list(hours: Key, on_call: int | None) -> Key:
    """These hours of a timetable's version, by this edition of the on-call list; None: nobody is on it."""
    return Key(hours.partition(_ON_CALL)[0] + (f"{_ON_CALL}{on_call}" if on_call is not None else ""))


def hours_in(event: PolicyApplied) -> tuple[Key, Key, Key]:
    """The hours that an event's three targets name."""
    return event.first_reply_hours, event.next_reply_hours, event.resolution_hours


def with_hours(
    event: PolicyApplied, renamed: Callable[[Key], Key], *, conversation: int | None = None
) -> PolicyApplied:
    """The event with each of its hours as `renamed` gives them, for `conversation` where one is given."""
    return replace(
        event,
        conversation=event.conversation if conversation is None else conversation,
        first_reply_hours=renamed(event.first_reply_hours),
        next_reply_hours=renamed(event.next_reply_hours),
        resolution_hours=renamed(event.resolution_hours),
    )


def covered(coverage: int | None, *, on_call: int | None = None) -> Callable[[Key], Key]:
    """Hours with "coverage" frozen to this timetable version: a later change of the timetable rewrites no history.

    `on_call` is the edition of the on-call list whose hours count besides, frozen likewise.
    """

    def renamed(key: Key) -> Key:
        if key != COVERAGE or coverage is None:
            return key
        return in_list(Key(f"{_TIMETABLE}{coverage}"), on_call)

    return renamed


def of_store(own: int | None, *, otherwise: Callable[[Key], Key]) -> Callable[[Key], Key]:
    """Hours with "store" frozen to this version of its own timetable; None: to what `otherwise` makes of "coverage"."""

    def renamed(key: Key) -> Key:
        if key != STORE:
            return otherwise(key)
        return otherwise(Key(COVERAGE)) if own is None else Key(f"{_TIMETABLE}{own}{_OF_STORE}")

    return renamed


def _seconds(target: Target | None) -> int | None:
    return None if target is None else target.minutes * _MINUTE
