"""Why a notice came, in the active language: the same sentence on the screen, in a mail and in a chat."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.alerts.models import NoticeGroup
from tresen.sla.models import Clock, Notice

PERCENT = "%"

type Moment = Callable[[datetime], str]
"""How the reader's times are written."""

GROUPS: Mapping[str, NoticeGroup] = {
    "warning": NoticeGroup.WARNINGS,
    "act_by_passed": NoticeGroup.WARNINGS,
    "breached": NoticeGroup.MISSED,
    "escalated": NoticeGroup.ESCALATED,
    "assigned": NoticeGroup.HANDED_OVER,
    "left_unassigned": NoticeGroup.ESCALATED,
    "offered": NoticeGroup.HANDED_OVER,
    "accepted": NoticeGroup.HANDED_OVER,
    "handed_back": NoticeGroup.HANDED_OVER,
    "not_accepted": NoticeGroup.ESCALATED,
    "to_agree": NoticeGroup.HANDED_OVER,
    "agreed": NoticeGroup.HANDED_OVER,
    "not_agreed": NoticeGroup.HANDED_OVER,
}


def why(notice: Notice, clock: Clock | None, *, moment: Moment) -> str:
    """What came about; `clock` is the one it is about, as it stands now."""
    match notice.kind:
        case "warning":
            return _warning(notice, clock, moment)
        case "act_by_passed":
            return _act_by(clock, moment)
        case "breached":
            return _breached(notice, clock, moment)
        case "escalated":
            return _("Still unanswered: it was due %(when)s") % {"when": moment(notice.fell_due_at)}
        case _:
            return _given(notice)


def _warning(notice: Notice, clock: Clock | None, moment: Moment) -> str:
    name = notice.key.partition("#")[0].rpartition(":")[2]
    if clock is None or clock.due is None:
        return _("The time for an answer is running out")
    if name.endswith(PERCENT):
        return _("%(percent)s of the time is used up: due %(when)s") % {"percent": name, "when": moment(clock.due)}
    return _("The time for an answer is running out: due %(when)s") % {"when": moment(clock.due)}


def _act_by(clock: Clock | None, moment: Moment) -> str:
    if clock is None or clock.due is None:
        return _("The last minute in which somebody works has passed")
    return _("Nobody works any more before it is due %(when)s") % {"when": moment(clock.due)}


def _breached(notice: Notice, clock: Clock | None, moment: Moment) -> str:
    due = {"when": moment(notice.fell_due_at)}
    if clock is not None and clock.kind == "platform":
        return _("The platform’s limit passed without an answer, %(when)s") % due
    if clock is not None and clock.kind == "resolution":
        return _("Not solved by our target, %(when)s") % due
    return _("Our target was missed, %(when)s") % due


def _given(notice: Notice) -> str:
    match notice.kind:
        case "assigned":
            return _("Assigned to you: it was left unanswered for too long")
        case "left_unassigned":
            return _("Somebody is away, and nobody who is there can take this over: it is unassigned")
        case _:
            return _handed(notice)


def _handed(notice: Notice) -> str:
    name = {"name": notice.by.name if notice.by else _("Somebody who has left")}
    match notice.kind:
        case "offered":
            return _("%(name)s wants to hand this ticket over to you") % name
        case "accepted":
            return _("%(name)s has taken over the ticket that you handed over") % name
        case "handed_back":
            return _("%(name)s has handed the ticket back to you") % name
        case "not_accepted":
            return _("Handed over by %(name)s, and nobody has accepted it yet") % name
        case _:
            return _agreed(notice, name)


def _agreed(notice: Notice, name: Mapping[str, str]) -> str:
    match notice.kind:
        case "to_agree":
            return _("%(name)s asks you to agree: money is to go back to the buyer") % name
        case "agreed":
            return _("%(name)s has agreed: the money that you asked for goes back") % name
        case "not_agreed":
            return _("%(name)s did not agree: the money that you asked for does not go back") % name
    return notice.kind.replace("_", " ").capitalize()
