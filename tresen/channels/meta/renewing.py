"""The token of an account that logs in at Instagram lasts sixty days, and a new one is had for it before it ends.

It must be a day old at least and must not have ended; the old one goes on until its own end. Whether the new one reads
as the old one does is not said. Source: Meta's page on /refresh_access_token (updated 2025-07-17, read 2026-12-01).
"""

from datetime import datetime, timedelta

import msgspec

from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, HttpRequest, HttpResponse
from tresen.channels.meta.account import ACCESS_TOKEN, ACCOUNT, INSTAGRAM
from tresen.channels.meta.asking import READING, understood
from tresen.channels.outbound import StoreAccess
from tresen.channels.terms import Holds, Term, TermDoor

SIXTY_DAYS = timedelta(days=60)
NO_TOKEN = "Instagram gave no new token."  # noqa: S105 - a sentence


class _Renewed(msgspec.Struct, frozen=True):
    """`expires_in`: seconds."""

    access_token: str = ""
    expires_in: int = 0


def request_renewal(access: StoreAccess) -> HttpRequest:
    """Ask for the next token. It is the one request whose token is asked for in the query, and without a version."""
    base = (access.setting("address") or INSTAGRAM.host).rstrip("/")
    return HttpRequest(
        method="GET",
        address=f"{base}/refresh_access_token",
        query=(("grant_type", "ig_refresh_token"), ("access_token", access.secret(ACCESS_TOKEN))),
        allowance=READING.of(f"{INSTAGRAM.object} {access.setting(ACCOUNT)}"),
        headers={"Accept": "application/json"},
        holder=NOBODY,
    )


def read_renewal(answer: HttpResponse, at: datetime) -> Holds | Stopped:
    """The next token, and until when it holds."""
    told = understood(_Renewed, answer)
    if isinstance(told, Stopped):
        return told
    if not told.access_token or not 0 < told.expires_in <= 10 * SIXTY_DAYS.total_seconds():
        return Stopped(reason=NO_TOKEN, after=AFTER_A_FAULT)
    return Holds(until=at + timedelta(seconds=told.expires_in), renewed=told.access_token)


OF_INSTAGRAM = Term(
    secret=ACCESS_TOKEN,
    lasts=SIXTY_DAYS,
    told_before=timedelta(days=14),
    door=TermDoor(request=request_renewal, read=read_renewal, renews=True),
)
