"""What the seller has shipped, told with its parcel; for TikTok Shop's own shipping labels are made there."""

from collections.abc import Sequence

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.carriers import bare
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NoSuchOrder, NotDone
from tresen.channels.outbound import Refused, StoreAccess
from tresen.channels.tiktok_shop.acting.eligibility import not_read
from tresen.channels.tiktok_shop.asking import NO_SUCH_ORDER, path_part, read, request, understood
from tresen.channels.tiktok_shop.one_order import one_order
from tresen.channels.tiktok_shop.order_shapes import TikTokOrder

NO_CARRIER = "TikTok Shop does not take this carrier for the order, but: %(carriers)s."
NOTHING_LEFT = "Nothing of this order waits to be shipped by you."
LABELS = "TikTok Shop ships this order: its label is made in Seller Center, and the parcel told with it."
_BY_TIKTOK = "TIKTOK"
_WAITS = "AWAITING_SHIPMENT"


class _Provider(msgspec.Struct, frozen=True):
    id: str
    name: str


class _Providers(msgspec.Struct, frozen=True):
    shipping_providers: Sequence[_Provider] = ()


class _Package(msgspec.Struct, frozen=True):
    package_id: str = ""


def _ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """These pieces, or all that wait, in one parcel."""
    found = one_order(access, wanted.order.number)
    if isinstance(found, Stopped):
        return not_read(found)
    if isinstance(found, NoSuchOrder):
        return Refused(reason=NO_SUCH_ORDER % {"number": wanted.order.number})
    order = found[0]
    named = {line.external_id for line in wanted.lines}
    pieces = [one.id for one in order.line_items if one.display_status == _WAITS and (not named or one.id in named)]
    if not pieces or order.shipping_type == _BY_TIKTOK:
        return Refused(reason=LABELS if pieces else NOTHING_LEFT)
    carrier = _carrier(wanted, access, order)
    if not isinstance(carrier, str):
        return carrier
    told = {
        "order_line_list": [{"order_line_id": piece} for piece in pieces],
        "shipping_info_list": [{"tracking_number": wanted.tracking.strip(), "shipping_provider_id": carrier}],
    }
    path = f"/fulfillment/202610/orders/{path_part(order.id)}/packages"
    outcome = to_sender(access.http.send(request(access, "POST", path, told=told)))
    if not isinstance(outcome, HttpResponse):
        return outcome
    package = understood(outcome, _Package)
    return Done(external_id=package.package_id if isinstance(package, _Package) else "")


def _carrier(wanted: ActionWanted, access: StoreAccess, order: TikTokOrder) -> str | ActionResult:
    """The number of the carrier among those of the order's way of delivery, however it was typed."""
    path = f"/logistics/202309/delivery_options/{path_part(order.delivery_option_id)}/shipping_providers"
    found = read(access, _Providers, request(access, "GET", path))
    if isinstance(found, Stopped):
        return not_read(found)
    numbers = {bare(one.name): one.id for one in found.shipping_providers}
    number = numbers.get(bare(wanted.carrier))
    names = ", ".join(sorted(one.name for one in found.shipping_providers))
    return number or Refused(reason=(NO_CARRIER % {"carriers": names})[:500])


def _was_shipped(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """A parcel of this number is enough."""
    found = one_order(access, wanted.order.number)
    if isinstance(found, Stopped):
        return found
    if isinstance(found, NoSuchOrder):
        return NotDone()
    sent = any(line.tracking_number.strip() == wanted.tracking.strip() for line in found[0].line_items)
    return Done() if sent else NotDone()


SHIPPING = ActionOffer(perform=_ship, look=_was_shipped)
SAYS = (NO_CARRIER, NOTHING_LEFT, LABELS)
