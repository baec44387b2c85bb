"""Why a ticket is in danger, or when it would be, and what runs out while it is put aside, in a sentence."""

from datetime import datetime

from django.utils.translation import gettext as _

from tresen.routing.queries import LimitKind, RunsOut, Start, start_by_of
from tresen.stores.channel_words import channel_title
from tresen.tickets.models import Ticket
from tresen.workspace.dates import day_and_time


def start_by_words(ticket: Ticket, *, at: datetime) -> str:
    """When the work before the ticket must begin to keep the first limit that others have set; empty: none is near."""
    found = start_by_of(ticket.pk)
    if found is None:
        return ""
    since = ticket.place.owed_since
    if found.at is not None and since is not None and found.at < since:
        return _nobody_there(found, channel_title(ticket.store), at)
    return _words(found, channel_title(ticket.store), at)


def _nobody_there(found: Start, channel: str, at: datetime) -> str:
    """The work would have had to begin before the message came: between the two too little is worked."""
    limit = {"channel": channel, "due": day_and_time(found.due, at)}
    if found.of_platform:
        words = _(
            "Between its arrival and %(channel)s's limit at %(due)s nobody is on duty, or too short a time for all"
            " that is due before it: answer it at once, or plan a shift."
        )
    else:
        words = _(
            "Between its arrival and the deadline at %(due)s nobody is on duty, or too short a time for all that is"
            " due before it: do it at once, or plan a shift."
        )
    return words % limit


def _words(found: Start, channel: str, at: datetime) -> str:
    limit = {"channel": channel, "due": day_and_time(found.due, at)}
    if not found.of_platform:
        return _of_duty(found, limit, at)
    if found.at is None:
        return _("%(channel)s's limit at %(due)s can't be kept in turn any more: answer it at once.") % limit
    return _("To keep %(channel)s's limit at %(due)s the work before it must start by %(start)s.") % {
        **limit,
        "start": day_and_time(found.at, at),
    }


def _of_duty(found: Start, limit: dict[str, str], at: datetime) -> str:
    if found.at is None:
        return _("The deadline at %(due)s can't be kept in turn any more: do it at once.") % limit
    return _("To keep the deadline at %(due)s the work before it must start by %(start)s.") % {
        **limit,
        "start": day_and_time(found.at, at),
    }


def runs_out_words(ticket: Ticket, ahead: RunsOut, *, at: datetime) -> str:
    """What runs out before a ticket that is put aside would come back, to stand behind a colon."""
    when = day_and_time(ahead.due, at)
    if ahead.kind is LimitKind.PLATFORM:
        channel = channel_title(ticket.store)
        return _("%(channel)s’s limit runs out before that, %(when)s.") % {"channel": channel, "when": when}
    if ahead.kind is LimitKind.DEADLINE:
        return _("a deadline runs out before that, %(when)s.") % {"when": when}
    return _("our target runs out before that, %(when)s.") % {"when": when}
