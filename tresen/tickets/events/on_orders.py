"""Which orders a ticket concerns, and what was done about them at their platform."""

from typing import ClassVar

from tresen.tickets.facts import Event, Key


class OrderConfirmed(Event, frozen=True, kw_only=True):
    """An agent said that the ticket concerns this order; one of which nothing but its number is known has no id."""

    kind: ClassVar[str] = "order_confirmed"
    order: int | None


class OrderRemoved(Event, frozen=True, kw_only=True):
    """An agent said that the ticket does not concern this order: later messages do not attach it again."""

    kind: ClassVar[str] = "order_removed"
    order: int | None


class ActionAsked(Event, frozen=True, kw_only=True):
    """Somebody wants something done about an order. `waits`: somebody else must approve it first.

    `amount` goes back to the buyer, in minor units of `currency` (lower case); `reason` is the platform's word for why.
    """

    kind: ClassVar[str] = "action_asked"
    action: int
    action_kind: Key
    order: int
    amount: int = 0
    currency: Key = Key("")
    reason: Key = Key("")
    waits: bool = False


class ActionApproved(Event, frozen=True, kw_only=True):
    """A second pair of eyes agreed."""

    kind: ClassVar[str] = "action_approved"
    action: int


class ActionDeclined(Event, frozen=True, kw_only=True):
    """A second pair of eyes did not agree: nothing is done."""

    kind: ClassVar[str] = "action_declined"
    action: int


class ActionWithdrawn(Event, frozen=True, kw_only=True):
    """Taken back before anything was done."""

    kind: ClassVar[str] = "action_withdrawn"
    action: int


class ActionDone(Event, frozen=True, kw_only=True):
    """The platform did it: what it cost and why, as of `ActionAsked`. `found`: it was seen there afterwards."""

    kind: ClassVar[str] = "action_done"
    action: int
    action_kind: Key
    order: int
    amount: int = 0
    currency: Key = Key("")
    reason: Key = Key("")
    found: bool = False


class ActionRefused(Event, frozen=True, kw_only=True):
    """The platform did not do it; a person must act."""

    kind: ClassVar[str] = "action_refused"
    action: int


class ActionUncertain(Event, frozen=True, kw_only=True):
    """Nobody knows whether it was done; the platform is read."""

    kind: ClassVar[str] = "action_uncertain"
    action: int


class ActionTriedAgain(Event, frozen=True, kw_only=True):
    """A person tries once more what was refused, or what the platform does not show."""

    kind: ClassVar[str] = "action_tried_again"
    action: int
