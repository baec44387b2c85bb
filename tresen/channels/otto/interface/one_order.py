"""The order that something is done about, as it stands; none of it takes a key of ours."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from tresen.channels.answered import to_sender, words
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionWanted, Done, NotDone
from tresen.channels.otto.interface import asking
from tresen.channels.otto.interface.reading import order_path
from tresen.channels.otto.interface.shapes import OttoOrder, PositionItem
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain


def order_of(wanted: ActionWanted, access: StoreAccess) -> OttoOrder | Stopped:
    """The order as OTTO has it now."""
    return asking.read(access, OttoOrder, order_path(wanted.order))


def not_read(stopped: Stopped) -> Later | Refused:
    """Nothing was asked to be done yet."""
    if stopped.reconnect or stopped.lacks:
        return Refused(reason=stopped.reason)
    return stopped.later()


def post(access: StoreAccess, path: str, said: object = None) -> HttpResponse | Later | Refused | Uncertain:
    """Have something done; a server that is busy may have done it: it is looked for first."""
    outcome = access.http.send(asking.request(access, path, method="POST", said=said))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Uncertain(reason=words(outcome))
    return to_sender(outcome)


def looked(
    wanted: ActionWanted, access: StoreAccess, done: Callable[[Sequence[PositionItem]], bool]
) -> Done | NotDone | Stopped:
    """Whether it was done, by all pieces of the order as it stands."""
    order = order_of(wanted, access)
    if isinstance(order, Stopped):
        return order
    return Done() if done(order.position_items) else NotDone()
