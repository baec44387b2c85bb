"""Meta's tokens. Those of an account that logs in at Instagram end after sixty days, and are renewed after one.

When a token was given stands in the token itself, so that a fake that was started anew knows those of before. By what
number a token that is too young is refused, Meta's page does not say; the others are Meta's own.
"""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from werkzeug.wrappers import Request, Response

from tresen.fakes.meta.answers import NO_TOKEN, UNKNOWN, Refusal, said

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
        raise Refusal(NO_TOKEN, "Invalid OAuth access token - Cannot parse access token")
    at = datetime.fromtimestamp(int(stamp), tz=UTC) if stamp else first_given
    refuse_ended(at + LASTS if at else None, now=now)
    return at


def refuse_ended(ends_at: datetime | None, *, now: datetime) -> None:
    """Raises Refusal for a token whose end has come."""
    if ends_at is not None and now >= ends_at:
        ended = ends_at.strftime("%A, %d-%b-%y %H:%M:%S UTC")
        raise Refusal(NO_TOKEN, f"Error validating access token: Session has expired on {ended}.", subcode=ENDED)


def renewed(token: str, *, now: datetime, first_given: datetime | None) -> str:
    """The next token; the old one holds until its own end. Raises Refusal."""
    at = let_in(token, now=now, first_given=first_given)
    if at is not None and now - at < OLD_ENOUGH:
        raise Refusal(UNKNOWN, "The access token was given less than 24 hours ago.")
    return given(now)


def looked_up(request: Request, *, app: str, token: str, ends_at: datetime | None, now: datetime) -> Response:
    """What the app may know of a token: until when it holds, 0 for one that does not end. Raises Refusal."""
    if request.headers.get("Authorization") != f"Bearer {app}":
        raise Refusal(UNKNOWN, "(#100) You must provide an app access token, or a user access token of its developer")
    if request.args.get("input_token") != token:
        error = {"code": NO_TOKEN, "message": "The access token could not be decrypted."}
        return said({"data": {"error": error, "is_valid": False, "scopes": []}})
    data = {
        "app_id": app.partition("|")[0],
        "type": "PAGE",
        "data_access_expires_at": int((now + 90 * OLD_ENOUGH).timestamp()),
        "expires_at": int(ends_at.timestamp()) if ends_at else 0,
        "is_valid": ends_at is None or now < ends_at,
        "scopes": [],
    }
    return said({"data": data})
