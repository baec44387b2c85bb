"""What one attempt to send a mail to one recipient came to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The server took it at `at` (our time of its 250): it has left us. `queue_id` is the server's number for it."""

    code: int
    text: str
    queue_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryFailure:
    """It was certainly not taken, and trying again may help. `code` 0: the server did not get to answer."""

    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermanentFailure:
    """It was certainly not taken, and will not be. `code` 0: not even offered to the server."""

    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused:
    """It was certainly not taken: the server does not know us. A person must connect the mailbox again."""

    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeUnknown:
    """The mail was handed over whole and no answer came: nobody knows whether it was taken.

    Never sent again by machine.
    """

    text: str


Outcome = Accepted | TemporaryFailure | PermanentFailure | SignInRefused | OutcomeUnknown
