"""The words of an explanation: one sentence a step, in the active language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.clock.explaining import Step
from tresen.sla.duty_sentences import duty_names, duty_sentence
from tresen.sla.target_hours import Chosen, NamedHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A store's own word on its platform's rules: who said it, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an explanation calls things. `moment` and `day` write times in the reader's zone and language.

    `overrides` are by the number that an edition's name carries behind its plus. `chosen`: what policies ask for, where
    the hours alone do not tell whose they are.
    """

    moment: Callable[[datetime], str]
    day: Callable[[date], str]
    policies: Mapping[int, str]
    hours: Mapping[str, NamedHours]
    cliffs: Mapping[str, str]
    received_by: str
    overrides: Mapping[str, Override] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)


def sentence_of(step: Step, names: Names) -> str:
    """The step as a sentence."""
    return _SENTENCES[step.key](step, names)


def span(allowed: timedelta) -> str:
    """A length of time in words: "14 h", "2 h 30 min", "3 days"."""
    minutes = round(allowed.total_seconds() / 60)
    if minutes >= 48 * 60 and minutes % (24 * 60) == 0:
        return ngettext("%(days)s day", "%(days)s days", minutes // 1440) % {"days": minutes // 1440}
    return _hours_and_minutes(minutes)


def worked_span(allowed: timedelta) -> str:
    """The same where only working hours count, of which a day has few: "24 working hours", "2 h 30 min"; no days."""
    minutes = round(allowed.total_seconds() / 60)
    if minutes % 60:
        return _hours_and_minutes(minutes)
    return ngettext("%(hours)s working hour", "%(hours)s working hours", minutes // 60) % {"hours": minutes // 60}


def _hours_and_minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_("%(hours)s h") % {"hours": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(minutes)s min") % {"minutes": rest})
    return " ".join(parts)


def metric_words(metric: str, names: Names) -> str:
    """What a clock measures."""
    return {
        "first_reply": _("first reply"),
        "next_reply": _("next reply"),
        "resolution": _("resolution"),
        **duty_names(),
    }.get(metric) or names.cliffs.get(metric, metric)


def hours_words(hours: str, names: Names) -> str:
    """The hours in which a clock counts."""
    if (named := names.hours.get(hours)) is not None:
        return _("“%(name)s”, version %(version)s") % {"name": named.name, "version": named.version}
    return {
        "always": _("around the clock"),
        "coverage": _("while the team works"),
        "working_days": _("on the platform’s working days"),
        "business_days": _("on business days"),
    }.get(hours, hours)


def _received(step: Step, names: Names) -> str:
    return _("Received %(at)s by %(where)s.") % {"at": _at(step, names), "where": names.received_by}


def _run_began(step: Step, names: Names) -> str:
    return _("This run of the ticket began %(at)s.") % {"at": _at(step, names)}


def _pack(step: Step, names: Names) -> str:
    edition, _plus, changed = str(step.params["edition"]).partition(" +")
    words = _("Platform rules “%(edition)s”: %(limit)s.")
    if changed:
        words = _("Platform rules “%(edition)s”, changed for this store: %(limit)s.")
    said = words % {"edition": edition, "limit": metric_words(str(step.params["cliff"]), names)}
    return " ".join([said, *_override(changed, names)])


def override_of(step: Step) -> str:
    """The number of the store's own rules that the step's edition names; empty where none count."""
    return str(step.params.get("edition", "")).partition(" +")[2]


def _override(number: str, names: Names) -> Iterator[str]:
    if (said := names.overrides.get(number)) is None:
        return
    given = {"who": said.by, "at": names.moment(said.at), "reason": said.reason}
    if said.by:
        yield _("The store’s own rule, set %(at)s by %(who)s: “%(reason)s”.") % given
    else:
        yield _("The store’s own rule, set %(at)s: “%(reason)s”.") % given


def _policy(step: Step, names: Names) -> str:
    version = step.params["version"]
    assert isinstance(version, int)
    return _("Policy %(name)s.") % {"name": names.policies.get(version, f"#{version}")}


def _target(step: Step, names: Names) -> str:
    allowed = step.params["allowed"]
    assert isinstance(allowed, timedelta)
    hours = str(step.params["hours"])
    # A timetable is named by a sentence of its own, which can lead to it.
    words = _("Target %(metric)s: %(span)s.") if hours in names.hours else _("Target %(metric)s: %(span)s, %(hours)s.")
    return words % {
        "metric": metric_words(str(step.params["metric"]), names),
        "span": span(allowed) if hours == "always" else worked_span(allowed),
        "hours": hours_words(hours, names),
    }


def _counted_from(step: Step, names: Names) -> str:
    return _("The target changed later: counted anew from %(at)s.") % {"at": _at(step, names)}


def _as_before(step: Step, names: Names) -> str:
    del step, names
    return _("That would be later than before, although less is allowed now: it stays due when it was.")


def _due(step: Step, names: Names) -> str:
    return _("Due %(at)s.") % {"at": _at(step, names)}


def _paused(step: Step, names: Names) -> str:
    return _("Paused since %(since)s.") % {"since": _at(step, names, "since")}


def _never_due(step: Step, names: Names) -> str:
    return _("Never due: there are no hours in %(hours)s.") % {"hours": hours_words(str(step.params["hours"]), names)}


def _platform_limit(step: Step, names: Names) -> str:
    limit = metric_words(str(step.params["cliff"]), names)
    return _("The platform's limit (%(limit)s) is %(at)s.") % {"at": _at(step, names), "limit": limit}


def _covered_until(step: Step, names: Names) -> str:
    return _("Before that, the team works until %(at)s.") % {"at": _at(step, names)}


def _on_call_until(step: Step, names: Names) -> str:
    return _("Somebody is on call until %(at)s.") % {"at": _at(step, names)}


def _on_call(step: Step, names: Names) -> str:
    del step, names
    return _("Somebody is on call when it is due.")


def _nobody_works(step: Step, names: Names) -> str:
    first, last = step.params["first"], step.params["last"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    if first == last:
        return _("Nobody works on %(day)s.") % {"day": names.day(first)}
    return _("Nobody works from %(first)s to %(last)s.") % {"first": names.day(first), "last": names.day(last)}


def _act_by(step: Step, names: Names) -> str:
    return _("Act by %(at)s.") % {"at": _at(step, names)}


def _unstaffed(step: Step, names: Names) -> str:
    return _("Nobody works before it is due: it wants an answer at once (since %(at)s).") % {"at": _at(step, names)}


def _breached(step: Step, names: Names) -> str:
    return _("Missed %(at)s.") % {"at": _at(step, names)}


def _met(step: Step, names: Names) -> str:
    return _("Answered %(at)s.") % {"at": _at(step, names)}


def _provisional(step: Step, names: Names) -> str:
    return _("Provisional: the answer may still bounce until %(at)s.") % {"at": _at(step, names, "until")}


def _waived(step: Step, names: Names) -> str:
    return _("No response needed, said %(at)s.") % {"at": _at(step, names)}


def _void(step: Step, names: Names) -> str:
    del step, names
    return _("Corrected: this clock should never have counted.")


def _at(step: Step, names: Names, name: str = "at") -> str:
    at = step.params[name]
    assert isinstance(at, datetime)
    return names.moment(at)


def _of_duty(step: Step, names: Names) -> str:
    return " ".join([duty_sentence(step, names.moment), *_override(override_of(step), names)])


_SENTENCES: Mapping[str, Callable[[Step, Names], str]] = {
    "received": _received,
    "run_began": _run_began,
    "pack": _pack,
    "policy": _policy,
    "target": _target,
    "counted_from": _counted_from,
    "as_before": _as_before,
    "due": _due,
    "paused": _paused,
    "never_due": _never_due,
    "platform_limit": _platform_limit,
    "covered_until": _covered_until,
    "on_call_until": _on_call_until,
    "on_call": _on_call,
    "nobody_works": _nobody_works,
    "act_by": _act_by,
    "unstaffed": _unstaffed,
    "breached": _breached,
    "met": _met,
    "provisional": _provisional,
    "waived": _waived,
    "void": _void,
    "duty_began": _of_duty,
    "duty_pack": _of_duty,
    "no_deadline": _of_duty,
    "duty_met": _of_duty,
    "duty_ended": _of_duty,
}
