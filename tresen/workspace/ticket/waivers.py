"""What was said to need no response, and still stands: its way back outlasts the toast."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tresen.tickets import events
from tresen.tickets.models import Status, Ticket
from tresen.tickets.recorded import RecordedEvent
from tresen.workspace.ticket.thread import Choice


def ways_back_from(ticket: Ticket, history: Sequence[RecordedEvent]) -> dict[datetime, Choice]:
    """How to say that an answer is owed after all, by when it was said that none is; it reopens what is solved."""
    if ticket.status == Status.CLOSED:
        return {}
    address = reverse("reopening" if ticket.status == Status.SOLVED else "waiver-end", args=[ticket.pk])
    return {
        said_at: Choice(
            label=_("An answer is owed after all"), address=address, values={"said_at": said_at.isoformat()}
        )
        for said_at in standing_waivers(history)
    }


def standing_waivers(history: Sequence[RecordedEvent]) -> list[datetime]:
    """When it was said, the oldest first. What somebody answered since needs no taking back."""
    mistaken = {entry.event.said_at for entry in history if isinstance(entry.event, events.WaiverTakenBack)}
    withdrawn = {entry.event.message for entry in history if isinstance(entry.event, events.ReplyWithdrawn)}
    conversations = {
        entry.event.message: entry.event.conversation
        for entry in history
        if isinstance(entry.event, events.ReplyQueued)
    }
    answered = {
        entry.event.conversation: entry.sequence
        for entry in history
        if isinstance(entry.event, events.AnsweredElsewhere)
        or (isinstance(entry.event, events.ReplyQueued) and entry.event.message not in withdrawn)
    }
    return sorted(
        {
            entry.occurred_at
            for entry in history
            if entry.occurred_at not in mistaken
            and any(
                answered.get(conversation, 0) < entry.sequence for conversation in _about(entry.event, conversations)
            )
        }
    )


def _about(said: events.Event, conversations: Mapping[int, int]) -> Sequence[int]:
    """The conversations in which something was said to need no answer, or none again."""
    match said:
        case events.ResponseWaived(conversation=conversation) | events.CaughtUp(conversation=conversation):
            return (conversation,)
        case events.FailureDismissed(messages=messages):
            return [conversations[message] for message in messages]
        case _:
            return ()
