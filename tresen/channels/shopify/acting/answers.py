"""What the shop says to a change, and to a look whether it was made."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionWanted, NoSuchOrder
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.admin.asking import FORGOTTEN, Question, ask_to_do, ask_to_read
from tresen.channels.shopify.admin.places import order_gid
from tresen.channels.shopify.admin.reading_orders import number_of
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

AMONG_CLOCKS = timedelta(minutes=2)
"""So far may the shop's clock and ours be apart."""
CHANGE = 10.0
"""Points for a mutation, whatever it does."""


class UserError(msgspec.Struct, frozen=True):
    """Why the shop does not do it, in its words."""

    message: str


def order_id(wanted: ActionWanted, access: StoreAccess) -> str | Later | Refused:
    """The Admin API's id of the order that is meant."""
    number = wanted.order.external_id or number_of(wanted.order, access)
    match number:
        case NoSuchOrder():
            return Refused(reason=f"The shop has no order {wanted.order.number}.")
        case Stopped():
            return not_now(number)
        case _:
            return order_gid(number)


def not_now(stopped: Stopped) -> Later:
    """What had to be read first could not be: nothing was done yet."""
    return Later(after=stopped.after, reason=stopped.reason)


def changed[T](
    access: StoreAccess, question: Question, variables: Mapping[str, object], *, name: str, kind: type[T], errors: str
) -> T | Later | Refused | Uncertain:
    """What became of a mutation `name`; what stands among `errors` is why it was not done."""
    answer = ask_to_do(access, question, variables)
    if isinstance(answer, Later | Refused | Uncertain):
        return answer
    try:
        payload = read_value(answer.data.get(name), dict[str, Any])
        if said := read_value(payload.get(errors), list[UserError]):
            return Refused(reason="; ".join(one.message for one in said)[:300])
        return read_value(payload, kind)
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))


def looked_at[T](
    access: StoreAccess, question: Question, variables: Mapping[str, object], *, name: str, kind: type[T]
) -> T | Stopped:
    """What the shop shows of `name` now."""
    answer = ask_to_read(access, question, variables)
    if isinstance(answer, Stopped):
        return answer
    if answer.data.get(name) is None:
        return Stopped(reason=FORGOTTEN)
    try:
        return read_value(answer.data[name], kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def looked_at_order[T](wanted: ActionWanted, access: StoreAccess, question: Question, kind: type[T]) -> T | Stopped:
    """What the shop shows of the order now."""
    id_ = order_id(wanted, access)
    if isinstance(id_, Later | Refused):
        return Stopped(reason=id_.reason, after=id_.after if isinstance(id_, Later) else timedelta(minutes=15))
    return looked_at(access, question, {"id": id_}, name="order", kind=kind)


def is_since(at: datetime, wanted: ActionWanted) -> bool:
    """Whether it may have come of this attempt."""
    return wanted.since is None or instant(at) >= instant(wanted.since) - AMONG_CLOCKS
