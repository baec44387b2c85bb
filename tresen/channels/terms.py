"""Credentials that end: until when each holds, how it is renewed before, and who says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """The credential holds `until` then; None: it does not end. `renewed`: the one that takes its place, if any does.

    The old one holds as long as it did: should the new one be lost on the way, nothing is.
    """

    until: datetime | None
    renewed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDoor:
    """How the platform is asked until when a credential holds, or for the next one in its place (`renews`).

    `read(answer, at)` is given answers of every status; `at` is when it came. `request` may raise LookupError.
    """

    request: Callable[[StoreAccess], HttpRequest]
    read: Callable[[HttpResponse, datetime], Holds | Stopped]
    renews: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The field `secret` of a connection is a credential that ends.

    `lasts`: so long after it was made, which was when it was entered, or before; None: that differs. `told_before`: so
    long before its end an administrator is told. `then`: what can't be done without it, in words for people; empty:
    nothing can. `door`: None where the platform can't be asked; it may still tell, with a token that it gives.
    """

    secret: str
    lasts: timedelta | None = None
    told_before: timedelta = timedelta(days=30)
    then: str = ""
    door: TermDoor | None = None
