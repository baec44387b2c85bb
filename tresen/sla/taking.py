"""Which open tickets come to a policy, and which leave it, by an edit that is not saved yet. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

type Counted = Iterable[tuple[int, int | None]]
"""Tickets, each with the policy by which a conversation of it counts; None: by none."""


@dataclass(frozen=True, slots=True)
class Taken:
    """So many open tickets come to a policy, and so many leave it."""

    come: int = 0
    leave: int = 0


def taken(before: Counted, after: Counted) -> Mapping[int, Taken]:
    """By the policy's id; a ticket that another conversation keeps with a policy does not leave it."""
    had, has = _by_policy(before), _by_policy(after)
    moved = {
        policy: Taken(come=len(has[policy] - had[policy]), leave=len(had[policy] - has[policy]))
        for policy in had.keys() | has.keys()
    }
    return {policy: one for policy, one in moved.items() if one != Taken()}


def _by_policy(counted: Counted) -> defaultdict[int, set[int]]:
    tickets: defaultdict[int, set[int]] = defaultdict(set)
    for ticket, policy in counted:
        if policy is not None:
            tickets[policy].add(ticket)
    return tickets
