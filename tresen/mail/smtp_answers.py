"""What an SMTP server's answers mean: the pure part of `smtp`."""

import re

from tresen.mail.outcomes import Outcome, PermanentFailure, SignInRefused, TemporaryFailure

_MAX_ANSWER = 500
# RFC 5321 §4.2, RFC 4954 §6.
HANGING_UP = 421
SIGNED_IN = 235
GO_ON = 334
YES, MORE, PERMANENT = 2, 3, 5
SIGN_IN_CODES = {530, 534, 535, 538}
_QUEUE_ID = (
    re.compile(r"queued (?:mail for delivery )?as[ :]+([A-Za-z0-9.-]{4,})", re.IGNORECASE),
    re.compile(r"\bid=([A-Za-z0-9.-]{6,})"),
    re.compile(r"InternalId=(\d+)"),
    re.compile(r"\b([A-Za-z0-9]{10,}) Message accepted", re.IGNORECASE),
    re.compile(r"([\w.-]{15,}) ?- ?gsmtp"),
    re.compile(r"\bqp (\d+)"),
    re.compile(r"\bok[: ]+([A-Za-z0-9.-]{8,})", re.IGNORECASE),
)


class Stopped(Exception):
    """The transaction ended before the final dot: this outcome holds for every recipient not yet judged."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def queue_id(answer: str) -> str:
    """The number under which the server queued the mail, as far as its answer tells; else an empty text."""
    return next((found[1].rstrip(".") for pattern in _QUEUE_ID if (found := pattern.search(answer))), "")


def expect(answer: tuple[int, bytes], wanted: int) -> None:
    """Stop with the failure that the answer is, unless it is of the wanted kind."""
    code, text = answer
    if kind(code) != wanted:
        raise Stopped(failure(code, text))


def expect_now(answer: tuple[int, bytes]) -> None:
    """The same where a refusal says nothing of this mail: never permanent."""
    code, text = answer
    if kind(code) != YES:
        raise Stopped(TemporaryFailure(code=max(code, 0), text=said(text)))


def kind(code: int) -> int:
    """The first digit says it all (RFC 5321 §4.2.1)."""
    return code // 100


def failure(code: int, text: bytes) -> Outcome:
    """What a refusal means for the mail."""
    if code in SIGN_IN_CODES:
        return SignInRefused(code=code, text=said(text))
    if kind(code) == PERMANENT:
        return PermanentFailure(code=code, text=said(text))
    return TemporaryFailure(code=max(code, 0), text=said(text))


def said(text: bytes | str) -> str:
    """The server's words on one line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(words.replace("\0", "").split())[:_MAX_ANSWER]
