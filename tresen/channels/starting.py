"""Whether and how a conversation can be begun with a buyer who has not written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import OutboundMessage, SendResult, Sent, StoreAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A kind of first message. `key` is the platform's word, `title` what people read; `fixed`: it writes the words.

    `most`: the longest text of ours, in characters. `subject`: it has a subject line of ours, too.
    """

    key: str
    title: str
    fixed: bool = False
    subject: bool = False
    most: int | None = None
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why the platform does not take a text, in a sentence; `piece`: the part of the text that it is about, if any."""

    sentence: str
    piece: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDoor:
    """`allowed` asks the platform which openings it takes for an order now; None: always all of `openings`.

    `a_day`: how many conversations a store may begin in 24 hours; `an_order`: how many about one order, per opening.
    `find` reads the platform after nobody knew whether it took one, as a connector's `find_sent`. `own_thread`: each
    begins a thread of its own there; else it stands with what was said about the order before. `by_mail`: it is mail
    to the address that the order names, through the store's mailbox. `unfit` says why the platform does not take these
    words, beside their length; None where it does.
    """

    openings: tuple[Opening, ...]
    send: Callable[[Opening, OrderRef, OutboundMessage, StoreAccess], SendResult]
    allowed: Callable[[OrderRef, StoreAccess], Sequence[str] | Stopped] | None = None
    find: Callable[[Opening, OrderRef, OutboundMessage, StoreAccess], Sent | Stopped | None] | None = None
    unfit: Callable[[Opening, str], Unfit | None] | None = None
    own_thread: bool = False
    by_mail: bool = False
    a_day: int | None = None
    an_order: int | None = None
    within: timedelta | None = None
    """So long after the order."""

    def opening(self, key: str) -> Opening | None:
        """The kind of that key; None where it is not offered, or not any more."""
        return next((one for one in self.openings if one.key == key), None)
