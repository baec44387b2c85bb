"""Turns: what one answer of ours discharges together, and what still waits for one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from tresen.clock.obligations import Discharge, Obligation, last_misread

OPEN_LAST = datetime.max.replace(tzinfo=UTC)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The run of messages in one conversation and from one role that one discharge ends, or that is still open.

    `first` tells the conversation's first turn from later ones. A turn that is not `live` was a misreading: all of its
    messages turned out to expect nothing, by `misread_at`; those of a live turn all do. `key_message` names the turn
    for good: late arrivals have greater ids.
    """

    conversation: int
    role: str
    key_message: int
    messages: tuple[Obligation, ...]
    started_at: datetime
    discharge: Discharge | None
    first: bool
    live: bool
    misread_at: datetime | None = None


def turns_of(obligations: Iterable[Obligation]) -> list[Turn]:
    """All turns, by conversation and role in the order in which they ended; an open one is the last of its thread.

    So a message that turns up late never makes a second first reply, and a next reply never overrules an open first
    reply: there is only one open turn, and it is the first only if no other ended before.
    """
    together = defaultdict[tuple[int, str, Discharge | None], list[Obligation]](list)
    for obligation in obligations:
        together[obligation.conversation, obligation.role, obligation.own].append(obligation)
    begun = set[tuple[int, str]]()
    turns = []
    for conversation, role, discharge in sorted(together, key=_ending):
        members = together[conversation, role, discharge]
        live = tuple(each for each in members if each.live)
        turns.append(
            Turn(
                conversation=conversation,
                role=role,
                key_message=min(each.message for each in members),
                messages=live or tuple(members),
                started_at=min(each.at for each in live or members),
                discharge=discharge,
                first=(conversation, role) not in begun,
                live=bool(live),
                misread_at=last_misread(members),
            )
        )
        if live:
            begun.add((conversation, role))
    return turns


def _ending(thread: tuple[int, str, Discharge | None]) -> tuple[int, str, datetime, int, str]:
    conversation, role, discharge = thread
    if discharge is None:
        return conversation, role, OPEN_LAST, 0, ""
    return conversation, role, discharge.at, discharge.reply or 0, discharge.reason
