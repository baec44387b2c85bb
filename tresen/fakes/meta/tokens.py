"""The tokens of an account that logs in at Instagram: they end after sixty days, and are renewed after one.

When a token was given stands in the token itself, so that a fake that was started anew knows those of before. By what
number a token that is too young is refused, Meta's page does not say; the others are Meta's own.
"""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from tresen.fakes.meta.answers import NO_TOKEN, UNKNOWN, Refusal

ACCESS_TOKEN = "EAAinvented"  # noqa: S105 - opens nothing
LASTS, OLD_ENOUGH = timedelta(days=60), timedelta(hours=24)
ENDED = 463


def given(at: datetime) -> str:
    """A token, as it is given at this time."""
    return f"{ACCESS_TOKEN}.{int(at.timestamp())}"


def let_in(token: str, *, now: datetime, first_given: datetime | None) -> datetime | None:
    """When the token was given; None for the first one where nobody says when. Raises Refusal, once it has ended, too.

    The first one does not end then.
    """
    first, _, stamp = token.partition(".")
    if not compare_digest(first.encode(), ACCESS_TOKEN.encode()) or (stamp and not stamp.isdecimal()):
        raise Refusal(NO_TOKEN, "Invalid OAuth access token - Cannot parse access token", status=401)
    at = datetime.fromtimestamp(int(stamp), tz=UTC) if stamp else first_given
    if at is not None and now - at >= LASTS:
        ended = (at + LASTS).strftime("%A, %d-%b-%y %H:%M:%S UTC")
        raise Refusal(NO_TOKEN, f"Error validating access token: Session has expired on {ended}.", subcode=ENDED)
    return at


def renewed(token: str, *, now: datetime, first_given: datetime | None) -> str:
    """The next token; the old one holds until its own end. Raises Refusal."""
    at = let_in(token, now=now, first_given=first_given)
    if at is not None and now - at < OLD_ENOUGH:
        raise Refusal(UNKNOWN, "The access token was given less than 24 hours ago.")
    return given(now)
