from datetime import UTC, datetime

import pytest

from tresen.channels.console.sending import rendered, send
from tresen.channels.contract import OutboundAttachment, OutboundMessage, SendResult, Sent

MESSAGE = OutboundMessage(
    idempotency_key="k1",
    recipient="ida",
    recipient_name="Ida Muster",
    sender="shop",
    sender_name="Birkenhof",
    subject="Re: Hocker",
    text="Ab Montag.",
    order_ids=("#4003",),
    attachments=(OutboundAttachment(name="a.pdf", content_type="application/pdf", content=b"1234"),),
)


class NoMail:
    marketplace = ""
    webhook = ""

    class mail:  # noqa: N801 -- an attribute of the protocol
        @staticmethod
        def send(message: bytes, *, sender: str, recipient: str) -> SendResult:
            raise AssertionError

    def secret(self, name: str) -> str:
        raise AssertionError(name)


def test_an_answer_is_printed_and_counts_as_taken(capsys: pytest.CaptureFixture[str]) -> None:
    before = datetime.now(UTC)
    result = send(MESSAGE, NoMail())
    assert isinstance(result, Sent)
    assert result.external_id == "k1"
    assert before <= result.at <= datetime.now(UTC)
    assert capsys.readouterr().out == rendered(MESSAGE)


def test_the_printed_answer_shows_all_that_would_leave() -> None:
    shown = rendered(MESSAGE)
    for part in ("Ida Muster <ida>", "Re: Hocker", "#4003", "a.pdf (4 bytes)", "Ab Montag."):
        assert part in shown
