"""Which policy applies to a ticket: the first in the book whose conditions all hold."""

from dataclasses import dataclass

from tresen.sla.conditions import Conditions, TicketFacts, fits
from tresen.sla.targets import Targets


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPolicy:
    """A policy in the version that counts now. `number` is the version's."""

    policy_id: int
    policy_version_id: int
    name: str
    number: int
    targets: Targets


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One enabled policy: when it applies, and what applies then."""

    conditions: Conditions
    policy: ChosenPolicy


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All enabled policies, in the order in which they are asked."""

    entries: tuple[BookEntry, ...] = ()


def choose(book: PolicyBook, facts: TicketFacts) -> ChosenPolicy | None:
    """The policy that applies to a ticket with these facts; None where none fits: the ticket has no own clock."""
    for entry in book.entries:
        if fits(entry.conditions, facts):
            return entry.policy
    return None
