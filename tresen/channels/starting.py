"""Whether and how a conversation can be begun with a buyer who has not written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import OutboundMessage, SendResult, StoreAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A kind of first message. `key` is the platform's word, `title` what people read; `fixed`: it writes the words.

    `most`: the longest text of ours, in characters.
    """

    key: str
    title: str
    fixed: bool = False
    most: int | None = None
    help_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDoor:
    """`allowed` asks the platform which openings it takes for an order now; None: always all of `openings`.

    `a_day`: how many conversations a store may begin in 24 hours; `an_order`: how many about one order, per opening.
    """

    openings: tuple[Opening, ...]
    send: Callable[[Opening, OrderRef, OutboundMessage, StoreAccess], SendResult]
    allowed: Callable[[OrderRef, StoreAccess], Sequence[str] | Stopped] | None = None
    a_day: int | None = None
    an_order: int | None = None
    within: timedelta | None = None
    """So long after the order."""
