"""Who passed a ticket on before this agent got it, and why: until somebody answers, it stands above the thread."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.models import Agent
from tresen.tickets import events
from tresen.tickets.recorded import RecordedEvent
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of

_ANSWERS = events.ReplyQueued | events.AnsweredElsewhere | events.ResponseWaived | events.TicketSolved


def passed_on_words(history: Sequence[RecordedEvent], *, agent: int, at: datetime) -> str:
    """Of several colleagues the last one; empty where nobody else did, or somebody has answered since."""
    for entry in reversed(history):
        if isinstance(entry.event, _ANSWERS):
            return ""
        if isinstance(entry.event, events.TicketPassedOn) and entry.by.id not in {None, agent}:
            name = Agent.objects.filter(pk=entry.by.id).values_list("name", flat=True).first()
            return _("%(who)s passed this ticket on, %(when)s: %(why)s") % {
                "who": name or _("Somebody who has left"),
                "when": day_and_time(entry.occurred_at, at),
                "why": name_of(entry.event.reason, naming.SKIPS),
            }
    return ""
