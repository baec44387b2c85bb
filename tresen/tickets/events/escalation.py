"""What happens when a limit comes near or passes: steps of a ladder, and work handed from one to another."""

from typing import ClassVar

from tresen.tickets.facts import Event, Key


class LadderStepTaken(Event, frozen=True, kw_only=True):
    """A step of a ladder was taken: these agents are told, and what else it asks for is done.

    `moment` is what it follows, `minutes` how long after that; `on_call`: the on-call address is told too, if there is
    one.
    """

    kind: ClassVar[str] = "ladder_step_taken"
    clock: Key
    moment: Key
    number: int
    minutes: int = 0
    told: tuple[int, ...] = ()
    on_call: bool = False
    policy_version: int | None = None


class HandOverOffered(Event, frozen=True, kw_only=True):
    """An agent offers the ticket to another, or to a team; it stays with the giver until somebody accepts."""

    kind: ClassVar[str] = "hand_over_offered"
    hand_over: int
    giver: int
    to_agent: int | None = None
    to_team: int | None = None


class HandOverAccepted(Event, frozen=True, kw_only=True):
    """What was offered is taken over. No clock starts anew."""

    kind: ClassVar[str] = "hand_over_accepted"
    hand_over: int


class HandOverReturned(Event, frozen=True, kw_only=True):
    """What was offered is handed back, for a reason that stands beside the ledger."""

    kind: ClassVar[str] = "hand_over_returned"
    hand_over: int


class HandOverWithdrawn(Event, frozen=True, kw_only=True):
    """The giver, or a lead, took the offer back."""

    kind: ClassVar[str] = "hand_over_withdrawn"
    hand_over: int
