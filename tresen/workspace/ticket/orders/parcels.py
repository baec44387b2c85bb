"""The way of a parcel in stages: what is behind it, and what nobody has told of yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.channels.carriers import parcel_page
from tresen.channels.tracking import TrackingState
from tresen.orders.models import Fulfilment
from tresen.workspace.dates import day_and_time

_ENDED = frozenset({TrackingState.DELIVERED, TrackingState.RETURNED})
_WITH_CARRIER = frozenset(TrackingState) - {TrackingState.PENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a parcel's way; neither `done` nor `wrong`: not reached as far as anybody tells."""

    name: str
    detail: str
    done: bool
    wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A fulfilment with its way; `address` leads to the carrier's own page."""

    carrier: str
    tracking: str
    address: str
    expected: str
    stages: Sequence[Stage]


def parcel_shown(one: Fulfilment, *, at: datetime) -> Parcel:
    """A parcel as the platform tells of it."""
    told = one.tracking_address if one.tracking_address.startswith("https://") else ""
    return Parcel(
        carrier=one.carrier,
        tracking=one.tracking,
        address=told or parcel_page(one.carrier, one.tracking),
        expected=_when(one.expected_at, at) if one.state not in _ENDED else "",
        stages=_stages(one, at),
    )


def _stages(parcel: Fulfilment, at: datetime) -> list[Stage]:
    with_carrier = parcel.shipped_at is not None or parcel.state in _WITH_CARRIER
    stages = [_stage(_("Handed over"), _when(parcel.shipped_at, at), done=with_carrier)]
    if parcel.last_scan_at and parcel.state not in _ENDED:
        troubled = parcel.state == TrackingState.EXCEPTION
        detail = f"{day_and_time(parcel.last_scan_at, at)} · {parcel.last_scan}".rstrip(" ·")
        stages.append(Stage(name=_on_its_way(parcel.state), detail=detail, done=not troubled, wrong=troubled))
    if parcel.state == TrackingState.RETURNED:
        back = Stage(name=_("Back to the sender"), detail=_when(parcel.last_scan_at, at), done=True, wrong=True)
        return [*stages, back]
    if parcel.state == TrackingState.DELIVERED:
        when = _when(parcel.delivered_at, at) or _("the platform does not say when")
        return [*stages, Stage(name=_("Delivered"), detail=when, done=True)]
    return [*stages, _stage(_("Delivered"), "", done=False)]


def _stage(name: str, detail: str, *, done: bool) -> Stage:
    return Stage(name=name, detail=detail if done else _("not reported yet"), done=done)


def _when(instant: datetime | None, at: datetime) -> str:
    return day_and_time(instant, at) if instant else ""


def _on_its_way(state: str) -> str:
    if state == TrackingState.EXCEPTION:
        return _("Held up")
    return _("Out for delivery") if state == TrackingState.OUT_FOR_DELIVERY else _("On its way")
