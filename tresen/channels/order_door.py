"""What a channel offers for one order: read it anew, and do something about it at the platform.

Money is in minor units of the order's currency.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tresen.channels.feeds import Stopped, Told
from tresen.channels.files import FetchFile
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRef:
    """An order by the number people call it by, and by the platform's id where that is known and another one."""

    number: str
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchOrder:
    """The platform has none of that number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInPart:
    """The order was told of, and not all that only stands beside it: it is read again later. `stopped`: why."""

    told: Sequence[Told]
    stopped: Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDoor:
    """`read` gives all that the platform tells of one order, for `parse`; not asked for again before `not_sooner`.

    `bring` gives the bytes of one of its documents, by `DocumentTold.external_id`.
    """

    read: Callable[[OrderRef, StoreAccess], Sequence[Told] | ReadInPart | NoSuchOrder | Stopped]
    not_sooner: timedelta = timedelta(minutes=1)
    bring: FetchFile | None = None


class OrderAction(StrEnum):
    """What can be done about an order at the platform."""

    REFUND = "refund"
    CANCEL = "cancel"
    KEEP = "keep"
    """Refuse what the buyer wants: that the order be cancelled."""
    APPROVE_RETURN = "approve_return"
    REFUSE_RETURN = "refuse_return"
    MARK_SHIPPED = "mark_shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """A part of the order: pieces of one of its lines, and the money for them where money goes back.

    Money without pieces is for what the buyer keeps.
    """

    external_id: str
    quantity: int
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWanted:
    """What is to be done, once: `key` stays the same however often it is tried.

    `reason` is one of the offer's; `return_id` the platform's number of the return; `amount` what goes back in all;
    `details` what the offer asks for besides, by its names.
    """

    key: str
    order: OrderRef
    currency: str
    amount: int = 0
    lines: Sequence[ActionLine] = ()
    reason: str = ""
    words: str = ""
    return_id: str = ""
    carrier: str = ""
    tracking: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    """When it was first tried: what the platform shows from then on may be this."""
    others: frozenset[str] = frozenset()
    """What the platform calls that which other actions of ours did about the order: none of it is this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The platform took it; `external_id` is what it calls it."""

    external_id: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """The platform was read, and shows nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """The platform was read, and what it shows does not say whether it did this: a person decides. `reason`: why."""

    reason: str


type ActionResult = Done | Later | Refused | Uncertain


REFUND_REASONS = {
    "damaged": "It arrived damaged",
    "not_arrived": "It did not arrive",
    "wrong_item": "It was the wrong item",
    "not_as_expected": "It is not as expected",
    "late": "It came too late",
    "changed_mind": "The buyer changed their mind",
    "goodwill": "Goodwill",
    "other": "Another reason",
}
CANCEL_REASONS = {
    "buyer": "The customer wants it",
    "not_in_stock": "It is not in stock",
    "address": "Something is wrong with the address",
    "mistake": "We made a mistake",
    "other": "Another reason",
}
"""Why, where the platform takes no reason: the ledger asks for one all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing more that the platform wants to know: one of `choices`, each by its word for it, else a text.

    `with_carriers`: only with one of these; empty: always.
    """

    name: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    help_text: str = ""
    with_carriers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOffer:
    """`perform` asks once. `look` reads the platform after nobody knew: whether it was done all the same.

    `keyed`: the platform itself does it once for each key, so it may be asked again. `reasons` are the platform's, by
    its word for each, the usual one first, or ours where it takes none; without any, none is asked for. `whole`: the
    order at once, not some lines. `one_line`: money goes back for one line at a time. `keeps_money`: a cancellation
    gives none of it back. `words`: the platform passes our words on to the buyer; `needs_words`: and does nothing
    without any. `says`: what it does besides, in English sentences for who is about to do it: to the money, the goods,
    the buyer. `carriers` are the only ones that the platform takes, by its word for each; without any, all are.
    `ask_reasons` asks the platform for its reasons, of an order and the number of a return, if it is about one.
    `pays_line`: approving a return may pay its buyer: what the return itself says, else what it costs, the line that
    is called as the return is, else the lines that its items name. `hides_refunds`: the platform tells of none, so
    that nobody here knows what went back from elsewhere.
    """

    perform: Callable[[ActionWanted, StoreAccess], ActionResult]
    look: Callable[[ActionWanted, StoreAccess], Done | NotDone | NotTold | Stopped]
    reasons: Mapping[str, str] = field(default_factory=dict)
    ask_reasons: Callable[[StoreAccess, OrderRef, str], Mapping[str, str] | Stopped] | None = None
    keyed: bool = False
    whole: bool = False
    one_line: bool = False
    keeps_money: bool = False
    words: bool = False
    needs_words: bool = False
    says: tuple[str, ...] = ()
    carriers: Mapping[str, str] = field(default_factory=dict)
    details: tuple[Detail, ...] = ()
    pays_line: bool = False
    hides_refunds: bool = False
