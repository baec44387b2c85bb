"""What can be done to several tickets at once, each by its own operation; one that refuses says why, as a clause."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.replies.finishing import AnswerOwed, NothingOwed, solve, waive_all
from tresen.routing.queries import LimitKind, runs_out_before
from tresen.tickets.assigning import CannotSee, Taken, assign, take
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Status, Ticket
from tresen.tickets.queries import tags_of
from tresen.tickets.snoozing import snooze, wake
from tresen.tickets.solving import SETTLED, reopen
from tresen.tickets.tagging import tag, untag
from tresen.tickets.waiving import WaiveReason, take_back_waiver
from tresen.workspace.ticket.offers import tomorrow_morning


class Refused(ValueError):
    """Not this one. The message is a clause for the agent: "not done, because …"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """By whom, when, and with what: an agent's number, a tag, a reason.

    By ticket: the newest message that its row showed, and for a way back what was so before.
    """

    by: Actor
    at: datetime
    value: str = ""
    seen: Mapping[int, int] = field(default_factory=dict)
    before: Mapping[int, str] = field(default_factory=dict)


def _take(ticket: Ticket, asked: Asked) -> str:
    assert asked.by.id is not None  # an agent chose the rows
    try:
        return _given(partial(take, ticket.pk, agent_id=asked.by.id), asked)
    except Taken as taken:
        words = _("they are yours already") if taken.by == asked.by.id else _("somebody has them already")
        raise Refused(words) from taken


def _assign(ticket: Ticket, asked: Asked) -> str:
    return _assign_to(ticket, int(asked.value) if asked.value else None, asked)


def _reassign(ticket: Ticket, asked: Asked) -> str:
    before = asked.before.get(ticket.pk, "")
    return _assign_to(ticket, int(before) if before.isdecimal() else None, asked)


def _assign_to(ticket: Ticket, agent: int | None, asked: Asked) -> str:
    return _given(partial(assign, ticket.pk, assignee_id=agent), asked)


def _given(give: Callable[..., Ticket], asked: Asked) -> str:
    """Gives who had it before."""
    try:
        before = give(by=asked.by, at=asked.at)
    except TicketSettled as settled:
        raise Refused(_("they are solved")) from settled
    except CannotSee as unseen:
        raise Refused(_("this colleague does not see them")) from unseen
    except Agent.DoesNotExist as gone:
        raise Refused(_("this colleague is not here any more")) from gone
    return str(before.assignee_id or "")


def _snooze(ticket: Ticket, asked: Asked) -> str:
    words = _("they rest already or are solved")
    if ticket.status == Status.SNOOZED:
        raise Refused(words)
    until = tomorrow_morning(asked.at)
    ahead = runs_out_before(ticket.pk, until, at=asked.at)
    if ahead is not None and ahead.kind is not LimitKind.OWN:
        raise Refused(_("a limit of theirs runs out before that"))
    try:
        snooze(ticket.pk, until=until, by=asked.by, at=asked.at)
    except TicketSettled as settled:
        raise Refused(words) from settled
    return ""


def _wake(ticket: Ticket, asked: Asked) -> str:
    if ticket.status != Status.SNOOZED:
        raise Refused(_("they are awake"))
    wake(ticket.pk, by=asked.by, at=asked.at)
    return ""


def _tag(ticket: Ticket, asked: Asked) -> str:
    """Gives the tag's number."""
    if asked.value in {one.name for one in tags_of(ticket.pk)}:
        raise Refused(_("they have this tag already"))
    return str(tag(ticket.pk, name=asked.value, by=asked.by, at=asked.at).pk)


def _untag(ticket: Ticket, asked: Asked) -> str:
    if (number := asked.before.get(ticket.pk, "")).isdecimal():
        untag(ticket.pk, tag_id=int(number), by=asked.by, at=asked.at)
    return ""


def _waive(ticket: Ticket, asked: Asked) -> str:
    try:
        waive_all(
            ticket.pk, reason=WaiveReason(asked.value), seen=asked.seen.get(ticket.pk, 0), by=asked.by, at=asked.at
        )
    except NothingOwed as nothing:
        raise Refused(_("no answer is owed there")) from nothing
    except AnswerOwed as owed:
        raise Refused(_("a message came in that you have not read")) from owed
    return asked.at.isoformat()


def _owe_again(ticket: Ticket, asked: Asked) -> str:
    with suppress(ValueError):  # an instant that nobody could have said: nothing was said then
        said_at = datetime.fromisoformat(asked.before.get(ticket.pk, ""))
        take_back_waiver(ticket.pk, said_at=said_at, by=asked.by, at=asked.at)
    return ""


def _solve(ticket: Ticket, asked: Asked) -> str:
    if ticket.status in SETTLED:
        raise Refused(_("they are solved already"))
    reason = WaiveReason(asked.value) if asked.value else None
    try:
        solve(ticket.pk, reason=reason, seen=asked.seen.get(ticket.pk, 0), by=asked.by, at=asked.at)
    except AnswerOwed as owed:
        words = _("a message came in that you have not read") if reason else _("an answer is still owed there")
        raise Refused(words) from owed
    return asked.at.isoformat()


def _open_again(ticket: Ticket, asked: Asked) -> str:
    if ticket.status != Status.SOLVED:
        raise Refused(_("they are not solved any more"))
    reopen(ticket.pk, by=asked.by, at=asked.at)
    return _owe_again(ticket, asked)


type Verb = Callable[[Ticket, Asked], str]

VERBS: dict[str, tuple[Verb, str]] = {
    "take": (_take, "reassign"),
    "assign": (_assign, "reassign"),
    "reassign": (_reassign, ""),
    "snooze": (_snooze, "wake"),
    "wake": (_wake, ""),
    "tag": (_tag, "untag"),
    "untag": (_untag, ""),
    "waive": (_waive, "owe_again"),
    "owe_again": (_owe_again, ""),
    "solve": (_solve, "open_again"),
    "open_again": (_open_again, ""),
}
"""By name: the verb, which gives what its way back must know, and the name of the way back."""

VALUES: Mapping[str, Callable[[str], bool]] = {
    "assign": lambda value: not value or value.isdecimal(),
    "waive": lambda value: value in WaiveReason.values,
    "solve": lambda value: not value or value in WaiveReason.values,
}
"""What may stand behind a verb's colon; behind the others nothing is read."""
