"""The words for cases, promises and legal requests in an explanation, in the active language."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.clock.clocks import ClockKind
from tresen.clock.explaining import Step


def duty_names() -> Mapping[str, str]:
    """What each kind of duty is called, by the word that its clock measures."""
    return {
        "a_to_z": _("A-to-z claim"),
        "chargeback": _("chargeback"),
        "item_not_received": _("item not received"),
        "not_as_described": _("item not as described"),
        "escalation": _("escalated case"),
        "dispute": _("dispute"),
        "return_request": _("return request"),
        "cancellation": _("cancellation request"),
        "policy_warning": _("policy warning"),
        "other_case": _("case"),
        "promise": _("promise"),
        "follow_up": _("follow-up"),
        "access_request": _("access request"),
        "erasure_request": _("erasure request"),
        "withdrawal_refund": _("refund after a withdrawal"),
        "data_breach": _("report of a data breach"),
    }


def duty_sentence(step: Step, moment: Callable[[datetime], str]) -> str:
    """The step as a sentence; its times are written by `moment`."""
    at = step.params.get("at")
    said = {"at": moment(at) if isinstance(at, datetime) else ""}
    match step.key:
        case "duty_began":
            return _began(step, said["at"])
        case "duty_pack":
            return _("The date follows from “%(edition)s”.") % {
                "edition": str(step.params["edition"]).partition(" +")[0]
            }
        case "no_deadline":
            return _("Nobody has said until when.")
        case "duty_met":
            return _DONE[str(step.params["kind"])]() % said
        case _:
            return _over(str(step.params["reason"])) % said


def _began(step: Step, at: str) -> str:
    metric = str(step.params["metric"])
    return _("Began %(at)s: %(what)s.") % {"at": at, "what": duty_names().get(metric, metric)}


def _over(reason: str) -> str:
    return _("Another deadline was set %(at)s.") if reason == "moved" else _("Over without an answer of ours, %(at)s.")


_DONE: Mapping[str, Callable[[], str]] = {
    ClockKind.CASE: lambda: _("Answered at the platform %(at)s."),
    ClockKind.PROMISE: lambda: _("Kept %(at)s."),
    ClockKind.LEGAL: lambda: _("Fulfilled %(at)s."),
}
