"""Until when the token of a page, or of a system user, holds: usually for ever, sometimes for sixty days.

Its app may ask. What Meta calls data access, which a person must allow anew every ninety days, is another thing, and
is not watched. Sources: Meta's pages on /debug_token and on tokens of system users, read 2026-12-01.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec

from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, HttpRequest, HttpResponse
from tresen.channels.meta.account import ACCESS_TOKEN, APP, APP_SECRET, Account
from tresen.channels.meta.asking import request, understood
from tresen.channels.outbound import StoreAccess
from tresen.channels.terms import Holds, Term, TermDoor
from tresen.channels.typed_json import NotAsDocumented

NOT_VALID = "Meta says that the access token is no good any more."


class _Why(msgspec.Struct, frozen=True):
    message: str = ""


class _Data(msgspec.Struct, frozen=True):
    """`expires_at`: seconds since 1970; 0 for a token that does not end."""

    is_valid: bool
    expires_at: int = 0
    error: _Why | None = None


class _Told(msgspec.Struct, frozen=True):
    data: _Data


def read(answer: HttpResponse, at: datetime) -> Holds | Stopped:
    """Until when the token holds."""
    del at
    told = understood(_Told, answer)
    if isinstance(told, Stopped):
        return told
    if not told.data.is_valid:
        why = told.data.error.message if told.data.error else ""
        return Stopped(reason=why or NOT_VALID, after=AFTER_A_FAULT, reconnect=True)
    try:
        return Holds(until=_moment(told.data.expires_at) if told.data.expires_at else None)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)


def _moment(told: int) -> datetime:
    try:
        return datetime.fromtimestamp(told, tz=UTC)
    except (ValueError, OverflowError, OSError):
        raise NotAsDocumented(f"{told} is no time of this world.") from None


def term_of(of: Account) -> Term:
    """How long a token of this channel's holds, which its app is told."""

    def asked(access: StoreAccess) -> HttpRequest:
        wanted = request(access, of, "GET", "debug_token", ("input_token", access.secret(ACCESS_TOKEN)))
        app = f"{access.setting(APP)}|{access.secret(APP_SECRET)}"
        return replace(wanted, headers={**wanted.headers, "Authorization": f"Bearer {app}"}, holder=NOBODY)

    return Term(secret=ACCESS_TOKEN, told_before=timedelta(days=14), door=TermDoor(request=asked, read=read))
