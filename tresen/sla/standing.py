"""What counted for a conversation at an instant, by what its ticket's ledger says."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import msgspec

from tresen.sla.deciding import policy_of
from tresen.sla.models import PolicyVersion
from tresen.sla.targets import Targets, parse_targets
from tresen.tickets.events import PolicyApplied
from tresen.tickets.recorded import RecordedEvent

type History = Sequence[RecordedEvent]


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What counted for a conversation when the edit was made, and what has been decided since, if anything was."""

    ticket: int
    conversation: int
    then: PolicyApplied
    since: PolicyApplied | None


def applied_in(history: History, *, until: datetime) -> list[Applied]:
    """What counted at this instant for each conversation of a ticket; one that began later is left out."""
    then: dict[int, RecordedEvent] = {}
    since: dict[int, RecordedEvent] = {}
    for entry in history:
        if not isinstance(entry.event, PolicyApplied) or entry.event.conversation is None:
            continue
        found = then if entry.occurred_at <= until else since
        known = found.get(entry.event.conversation)
        if known is None or (known.occurred_at, known.sequence) <= (entry.occurred_at, entry.sequence):
            found[entry.event.conversation] = entry
    return [
        Applied(
            ticket=entry.ticket,
            conversation=conversation,
            then=_event(entry),
            since=_event(since[conversation]) if conversation in since else None,
        )
        for conversation, entry in then.items()
    ]


def policy_in(event: PolicyApplied) -> int | None:
    """The id of the policy that an event applies; None where none fits."""
    return None if event.policy_version is None else policy_of(event.policy_version)


@cache
def targets_of(version: int) -> Targets:
    """What this version of a policy promises."""
    return parse_targets(PolicyVersion.objects.values_list("targets", flat=True).get(pk=version))


def _event(entry: RecordedEvent) -> PolicyApplied:
    assert isinstance(entry.event, PolicyApplied)
    return entry.event
