"""Which first messages may be sent about an order now, and how many are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.accounts.scope import Scope
from tresen.channels.feeds import Stopped
from tresen.channels.order_door import OrderRef
from tresen.channels.starting import Opening, StartDoor
from tresen.orders.models import Order
from tresen.outbox.allowing import Allowance, allowance_of
from tresen.replies.starting import hindrance_to_start
from tresen.stores.access import access_to
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.timekeeping.running import running_from
from tresen.workspace.dates import day_and_time
from tresen.workspace.setup.stores.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningShown:
    """A kind of message. `left`: how many of it are left for the order, in words; `used`: none."""

    key: str
    title: str
    help_text: str
    fixed: bool
    most: int
    left: str
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """The kinds that may be sent. `asks`: the platform has not been asked yet; `trouble`: why it did not say.

    `hindrance`: why none may be sent at all; `left_today` says how many conversations the store may still begin.
    """

    choices: Sequence[OpeningShown] = ()
    chosen: str = ""
    asks: bool = False
    as_of: datetime | None = None
    trouble: str = ""
    hindrance: str = ""
    left_today: str = ""
    help_text: str = ""
    """What holds for all in which we write the words."""


def openings_shown(order: Order, *, chosen: str, ask: bool, scope: Scope, at: datetime) -> Openings:
    """The openings for this order; `ask`: read them from the platform now, where it tells them."""
    door = connector_of(order.store).start
    hindrance = hindrance_to_start(order, scope=scope)
    if door is None or hindrance:
        return Openings(hindrance=hindrance)
    allowance = allowance_of(order, door, at=at)
    if allowance.over is not None:
        when = day_and_time(allowance.over, at)
        return Openings(hindrance=_("First messages about this order could be sent until %(when)s.") % {"when": when})
    if allowance.left == 0 and allowance.again_at is not None:
        when = day_and_time(allowance.again_at, at)
        return Openings(
            hindrance=_("The store has begun all conversations that it may begin in 24 hours. The next: %(when)s.")
            % {"when": when}
        )
    if door.allowed is not None and not ask:
        return Openings(asks=True, chosen=chosen, left_today=_left_today(allowance))
    return _offered(order, door, allowance, chosen=chosen, at=at)


def _offered(order: Order, door: StartDoor, allowance: Allowance, *, chosen: str, at: datetime) -> Openings:
    offered: Sequence[Opening] = door.openings
    if door.allowed is not None:
        ref = OrderRef(number=order.number, external_id=order.external_id)
        allowed = door.allowed(ref, access_to(order.store, clock=running_from(at)))
        if isinstance(allowed, Stopped):
            return Openings(trouble=allowed.reason, chosen=chosen, left_today=_left_today(allowance))
        offered = [one for one in door.openings if one.key in allowed]
    if not offered:
        channel = channel_title(order.store)
        none = _("%(channel)s takes no first message about this order just now.") % {"channel": channel}
        return Openings(hindrance=none, as_of=at if door.allowed else None)
    shown = [_shown(one, door, allowance) for one in offered]
    usable = [one.key for one in shown if not one.used]
    return Openings(
        choices=shown,
        chosen=chosen if chosen in usable else usable[0] if len(usable) == 1 else "",
        as_of=at if door.allowed else None,
        left_today=_left_today(allowance),
        help_text=_common(offered),
    )


def _common(offered: Sequence[Opening]) -> str:
    """The help that all kinds have alike in which we write the words; empty where each has its own."""
    helps = {one.help_text for one in offered if not one.fixed}
    return label(next(iter(helps))) if len(helps) == 1 else ""


def _shown(one: Opening, door: StartDoor, allowance: Allowance) -> OpeningShown:
    left = allowance.left_about(one.key, door)
    words = ""
    if left == 0:
        words = _("was sent for this order")
    elif left is not None:
        words = ngettext("%(left)d left for this order", "%(left)d left for this order", left) % {"left": left}
    return OpeningShown(
        key=one.key,
        title=label(one.title),
        help_text=label(one.help_text),
        fixed=one.fixed,
        most=one.most or 0,
        left=words,
        used=left == 0,
    )


def _left_today(allowance: Allowance) -> str:
    if allowance.left is None:
        return ""
    return ngettext(
        "The store may begin one more conversation in these 24 hours.",
        "The store may begin %(left)d more conversations in these 24 hours.",
        allowance.left,
    ) % {"left": allowance.left}
