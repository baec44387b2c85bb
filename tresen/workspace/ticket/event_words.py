"""The ledger in sentences: what happened besides messages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.actors import ActorKind
from tresen.sla.duty_sentences import duty_names
from tresen.tickets import events
from tresen.tickets.facts import Event
from tresen.tickets.recorded import RecordedEvent
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of
from tresen.workspace.opening_words import opening_title
from tresen.workspace.ticket.chat_words import ICONS as CHAT_ICONS
from tresen.workspace.ticket.chat_words import chat_event_words
from tresen.workspace.ticket.duties.event_words import ICONS, duty_event_words
from tresen.workspace.ticket.event_names import Known, known_in
from tresen.workspace.ticket.orders.event_words import ACTION_ICONS, action_event_words
from tresen.workspace.ticket.partners.event_words import ICONS as QUESTION_ICONS
from tresen.workspace.ticket.partners.event_words import (
    question_event_words,
    without_what_questions_say,
)
from tresen.workspace.ticket.thread import Choice, EventShown

REST = (events.TicketSolved, events.TicketReopened)


def events_shown(
    history: Sequence[RecordedEvent], *, at: datetime, ways_back: Mapping[datetime, Choice]
) -> list[EventShown]:
    """What of the history is told beside the messages, in its order; `ways_back` by when a waiver was said."""
    told = [entry for entry in history if type(entry.event) in WORDS and not _goes_without_saying(entry.event)]
    told = _without_rest_of_no_length(without_what_questions_say(told))
    known = known_in(told, at)
    last = {entry.occurred_at: entry.sequence for entry in told if isinstance(entry.event, WAIVERS)}
    return [
        _shown(entry, known, ways_back.get(entry.occurred_at) if entry.sequence in last.values() else None)
        for entry in told
    ]


def _goes_without_saying(event: Event) -> bool:
    """A warning to who answers for it, and the missed limit that stands there as an event of its own."""
    return isinstance(event, events.LadderStepTaken) and not event.minutes


def _without_rest_of_no_length(told: Sequence[RecordedEvent]) -> list[RecordedEvent]:
    """A notice solves its ticket and the case in it opens it again, all at once: it was never at rest."""
    moments = ({one.occurred_at for one in told if isinstance(one.event, kind)} for kind in REST)
    at_once = set.intersection(*moments)
    return [one for one in told if one.occurred_at not in at_once or not isinstance(one.event, REST)]


def _shown(entry: RecordedEvent, known: Known, choice: Choice | None) -> EventShown:
    icon, words = WORDS[type(entry.event)]
    who = known.who(entry.by)
    like = _unanswered(_told_in(entry, known).values()) if isinstance(entry.event, events.LadderStepTaken) else ""
    return EventShown(words=words(entry, who, known), icon=icon, at=entry.occurred_at, choice=choice, like=like)


def _assigned(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.TicketAssigned)
    if event.away is not None:
        return _of_somebody_away(event, known)
    if event.assignee is None:
        return _("%(who)s gave this ticket back") % {"who": who}
    to = known.agents.get(event.assignee, "?")
    if to == who:
        return _("%(who)s took this ticket") % {"who": who}
    return _("%(who)s assigned this ticket to %(to)s") % {"who": who, "to": to}


def _of_somebody_away(event: events.TicketAssigned, known: Known) -> str:
    away = known.agents.get(event.away or 0, "?")
    if event.assignee is None:
        return _("%(away)s is away: nobody has this ticket now") % {"away": away}
    to = known.agents.get(event.assignee, "?")
    return _("%(away)s is away: %(to)s has this ticket now") % {"away": away, "to": to}


def _moved(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.TicketMoved)
    return _("%(who)s moved this ticket to the team %(team)s") % {"who": who, "team": known.teams.get(event.team, "?")}


def _passed_on(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.TicketPassedOn)
    return _("%(who)s passed this ticket on: %(why)s") % {"who": who, "why": name_of(event.reason, naming.SKIPS)}


def _tagged(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.TagAdded)
    return _("%(who)s added the tag “%(tag)s”") % {"who": who, "tag": known.tags.get(event.tag, "?")}


def _untagged(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.TagRemoved)
    return _("%(who)s removed the tag “%(tag)s”") % {"who": who, "tag": known.tags.get(event.tag, "?")}


def _snoozed(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.TicketSnoozed)
    return _("%(who)s snoozed this ticket until %(when)s") % {"who": who, "when": day_and_time(event.until, known.at)}


def _waiting(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.WaitingStarted)
    on = name_of(event.on, naming.WAITING_ON)
    if event.until is None:
        return _("%(who)s waits %(on)s") % {"who": who, "on": on}
    until = day_and_time(event.until, known.at)
    return _("%(who)s waits %(on)s, until %(when)s at most") % {"who": who, "on": on, "when": until}


def _solved(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.TicketSolved)
    how = name_of(event.resolution, naming.RESOLUTIONS)
    return _("%(who)s solved this ticket: %(how)s") % {"who": who, "how": how}


def _waived(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.ResponseWaived)
    why = name_of(event.reason, naming.WAIVE_REASONS)
    return _("%(who)s says no response is needed: %(why)s") % {"who": who, "why": why}


def _risk(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.RiskSet)
    why = name_of(event.reason, naming.RISKS)
    return _("%(who)s set the risk tier to %(tier)s: %(why)s") % {"who": who, "tier": event.tier, "why": why}


def _breached(entry: RecordedEvent, _who: str, _known_names: Known) -> str:
    event = _told(entry, events.ClockBreached)
    if event.metric in duty_names():
        return _("The date passed: %(what)s") % {"what": duty_names()[event.metric]}
    ours = {"first_reply", "next_reply", "resolution"}
    return _("Our target was missed") if event.metric in ours else _("The platform’s limit passed without an answer")


def _begun(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.ConversationBegun)
    return _("%(who)s wrote to the buyer first: %(what)s") % {"who": who, "what": opening_title(event.opening)}


def _offered(entry: RecordedEvent, who: str, known: Known) -> str:
    event = _told(entry, events.HandOverOffered)
    to = known.agents.get(event.to_agent or 0) or known.teams.get(event.to_team or 0, "?")
    return _("%(who)s offered this ticket to %(to)s") % {"who": who, "to": to}


def _climbed(entry: RecordedEvent, _who: str, known: Known) -> str:
    names = (
        _told_from(known.seen_from[entry.occurred_at, one], entry, name, known)
        for one, name in _told_in(entry, known).items()
    )
    return _unanswered(names)


def _told_in(entry: RecordedEvent, known: Known) -> Mapping[int | None, str]:
    """Whom a step of a ladder told, by number, the on-call address without one."""
    event = _told(entry, events.LadderStepTaken)
    told = [
        one for one in (*event.told, *([None] if event.on_call else [])) if (entry.occurred_at, one) in known.seen_from
    ]
    return {one: _("the on-call address") if one is None else known.agents.get(one, "?") for one in told}


def _told_from(shown: datetime, entry: RecordedEvent, name: str, known: Known) -> str:
    """Who was told; from when on, where they were not at work then."""
    if shown <= entry.occurred_at:
        return name
    return _("%(name)s (from %(when)s)") % {"name": name, "when": day_and_time(shown, known.at)}


def _unanswered(told: Iterable[str]) -> str:
    names = ", ".join(told)
    return (
        _("Still unanswered: %(names)s told") % {"names": names}
        if names
        else _("Still unanswered: there is nobody else to tell")
    )


def _voided(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    event = _told(entry, events.ClockVoided)
    why = name_of(event.reason, naming.VOID_REASONS)
    return _("%(who)s struck a clock out: %(why)s") % {"who": who, "why": why}


def _duty(entry: RecordedEvent, who: str, known: Known) -> str:
    return duty_event_words(entry.event, who, known.at, promised=known.promised.get(entry.sequence, ""))


def _question(entry: RecordedEvent, who: str, known: Known) -> str:
    return question_event_words(entry.event, who, known.partners)


def _told[E: Event](entry: RecordedEvent, kind: type[E]) -> E:
    assert isinstance(entry.event, kind)
    return entry.event


def _by(sentence: Callable[[], str]) -> Callable[[RecordedEvent, str, Known], str]:
    return lambda _entry, who, _known_names: sentence() % {"who": who}


WAIVERS = events.ResponseWaived | events.CaughtUp | events.FailureDismissed


def _action(entry: RecordedEvent, who: str, _known_names: Known) -> str:
    return action_event_words(entry.event, who, by_agent=entry.by.kind is ActorKind.AGENT)


def _chat(entry: RecordedEvent, _who: str, known: Known) -> str:
    return chat_event_words(entry.event, known.agents)


WORDS: Mapping[type[Event], tuple[str, Callable[[RecordedEvent, str, Known], str]]] = {
    events.ConversationBegun: ("message-square-plus", _begun),
    events.TicketAssigned: ("user-check", _assigned),
    events.TicketMoved: ("users", _moved),
    events.TicketPassedOn: ("redo-2", _passed_on),
    events.OrderFound: ("package-check", _by(lambda: _("The order that is named here is known now"))),
    events.OrderConfirmed: ("package-check", _by(lambda: _("%(who)s confirmed the order that this is about"))),
    events.OrderRemoved: ("package-x", _by(lambda: _("%(who)s said that an order does not belong here"))),
    events.TagAdded: ("tag", _tagged),
    events.TagRemoved: ("tag", _untagged),
    events.TicketSnoozed: ("alarm-clock", _snoozed),
    events.TicketWoken: ("alarm-clock-off", _by(lambda: _("Back from the snooze"))),
    events.WaitingStarted: ("hourglass", _waiting),
    events.WaitingEnded: ("hourglass", _by(lambda: _("The wait is over"))),
    events.TicketSolved: ("circle-check", _solved),
    events.TicketReopened: ("rotate-ccw", _by(lambda: _("%(who)s opened this ticket again"))),
    events.TicketClosed: ("archive", _by(lambda: _("Closed: solved for 14 days"))),
    events.ResponseWaived: ("circle-slash", _waived),
    events.FailureDismissed: (
        "undo-2",
        _by(lambda: _("%(who)s read that an answer came back: it need not be sent again")),
    ),
    events.CaughtUp: ("check-check", _by(lambda: _("%(who)s read what had crossed the answer"))),
    events.WaiverTakenBack: ("undo-2", _by(lambda: _("%(who)s took that back: an answer is owed"))),
    events.MarkedAtPlatform: ("square-check", _by(lambda: _("%(who)s marked it on the platform"))),
    events.MarkTakenBack: ("undo-2", _by(lambda: _("%(who)s says that it is not marked on the platform after all"))),
    events.RiskSet: ("triangle-alert", _risk),
    events.ClockBreached: ("octagon-alert", _breached),
    events.HandOverOffered: ("arrow-right-left", _offered),
    events.HandOverAccepted: ("check", _by(lambda: _("%(who)s accepted the hand-over"))),
    events.HandOverReturned: ("undo-2", _by(lambda: _("%(who)s handed it back"))),
    events.HandOverWithdrawn: ("x", _by(lambda: _("%(who)s withdrew the hand-over"))),
    events.LadderStepTaken: ("siren", _climbed),
    events.ClockVoided: ("eraser", _voided),
    **{kind: (name, _chat) for kind, name in CHAT_ICONS.items()},
    **{kind: (name, _duty) for kind, name in ICONS.items()},
    **{kind: (name, _question) for kind, name in QUESTION_ICONS.items()},
    **{kind: (name, _action) for kind, name in ACTION_ICONS.items()},
}
