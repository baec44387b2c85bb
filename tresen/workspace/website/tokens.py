"""A form's own token: says when the page was made, and makes sending it twice one message. Pure."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

SHORTEST = timedelta(seconds=3)
"""Nobody fills in a form quicker."""
LONGEST = timedelta(hours=24)
_SIGNER = Signer(salt="tresen.workspace.website")


@dataclass(frozen=True, slots=True)
class FormToken:
    """`submission` names what is sent with it, once; `age` is how long the form lay open."""

    submission: str
    age: timedelta


class TokenWrong(ValueError):
    """Not made here, made for another form, or too old."""


def make_token(key: str, *, at: datetime) -> str:
    """A new token for the form of this public name."""
    return _SIGNER.sign_object({"form": key, "id": secrets.token_hex(12), "at": int(at.timestamp())})


def read_token(token: str, key: str, *, at: datetime) -> FormToken:
    """What the token says. Raises TokenWrong."""
    try:
        said = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError) as wrong:
        raise TokenWrong from wrong
    age = at - datetime.fromtimestamp(said["at"], tz=UTC)
    if said["form"] != key or age > LONGEST:
        raise TokenWrong
    return FormToken(submission=said["id"], age=age)
