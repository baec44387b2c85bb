"""What the shop says to a change, and to a look whether it was made."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionWanted, Done, NoSuchOrder, NotDone
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.admin.asking import FORGOTTEN, Question, ask_to_do, ask_to_read
from tresen.channels.shopify.admin.order_shapes import Legacy
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
    return stopped.later()


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


class Made(Legacy, frozen=True, rename="camel"):
    """What a change of ours leaves in the shop."""

    created_at: datetime


def read_first[T](
    wanted: ActionWanted, access: StoreAccess, question: Question, kind: type[T]
) -> tuple[str, T] | Later | Refused:
    """The order's id and what the shop shows of it, for a change that depends on that."""
    id_ = order_id(wanted, access)
    if isinstance(id_, Later | Refused):
        return id_
    order = looked_at(access, question, {"id": id_}, name="order", kind=kind)
    return not_now(order) if isinstance(order, Stopped) else (id_, order)


def found_among[M: Made](shown: Sequence[M], wanted: ActionWanted, *, fits: Callable[[M], bool]) -> Done | NotDone:
    """The first of what is `shown` that fits what was wanted and may have come of this attempt."""
    for one in shown:
        name = str(one.legacy_resource_id)
        if fits(one) and name not in wanted.others and is_since(one.created_at, wanted):
            return Done(external_id=name)
    return NotDone()


def is_since(at: datetime, wanted: ActionWanted) -> bool:
    """Whether it may have come of this attempt."""
    return wanted.since is None or instant(at) >= instant(wanted.since) - AMONG_CLOCKS
