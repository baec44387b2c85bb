"""What was done about orders, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.tickets import events
from tresen.tickets.facts import Event
from tresen.workspace.money import money
from tresen.workspace.naming import Names, name_of

ACTION_ICONS: dict[type[Event], str] = {
    events.ActionAsked: "banknote",
    events.ActionApproved: "circle-check",
    events.ActionDeclined: "circle-x",
    events.ActionWithdrawn: "undo-2",
    events.ActionDone: "circle-check",
    events.ActionRefused: "circle-x",
    events.ActionUncertain: "circle-question-mark",
    events.ActionTriedAgain: "rotate-ccw",
}
KINDS: Names = {
    "refund": gettext_lazy("refund"),
    "cancel": gettext_lazy("cancellation"),
    "keep": gettext_lazy("refusal of a cancellation"),
    "approve_return": gettext_lazy("approval of a return"),
    "refuse_return": gettext_lazy("refusal of a return"),
    "mark_shipped": gettext_lazy("marking as shipped"),
}


def action_event_words(event: Event, who: str, *, by_agent: bool) -> str:
    """The event as a sentence in the active language."""
    if isinstance(event, events.ActionAsked | events.ActionDone):
        what = name_of(event.action_kind, KINDS)
        paid = money(event.amount, event.currency.upper()) if event.amount else ""
        return _asked_or_done(event) % {"who": who, "what": what, "sum": paid}
    if isinstance(event, events.ActionRefused) and by_agent:
        return _("%(who)s saw that the platform did not do it") % {"who": who}
    sentences = {
        events.ActionApproved: _("%(who)s agreed"),
        events.ActionDeclined: _("%(who)s did not agree: nothing is done"),
        events.ActionWithdrawn: _("%(who)s took it back before anything was done"),
        events.ActionRefused: _("The platform did not do it"),
        events.ActionUncertain: _("Nobody knows whether the platform did it: it is being read"),
        events.ActionTriedAgain: _("%(who)s tries it once more"),
    }
    return sentences[type(event)] % {"who": who}


def _asked_or_done(event: events.ActionAsked | events.ActionDone) -> str:
    match event:
        case events.ActionDone(amount=0):
            return _("Done at the platform: %(what)s")
        case events.ActionDone():
            return _("Done at the platform: %(what)s, %(sum)s")
        case events.ActionAsked(waits=True):
            return _("%(who)s asks for: %(what)s, %(sum)s; somebody else must agree")
        case events.ActionAsked(amount=0):
            return _("%(who)s had this done: %(what)s")
        case _:
            return _("%(who)s had this done: %(what)s, %(sum)s")
