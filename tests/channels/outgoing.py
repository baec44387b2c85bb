"""A reply on its way out, and a mail server that keeps what it is given."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tresen.channels.contract import MailTransport, OutboundAttachment, OutboundMessage, SendResult, Sent
from tresen.channels.http import HttpClient
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import ParsedMail
from tresen.stores.proving import NoConnection

AT = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
TAKEN = Sent(external_id="Q1", at=AT, answer="250 queued as Q1", provisional=True)


@dataclass
class KeepingTransport:
    """Takes every mail, unless told another answer."""

    answer: SendResult = TAKEN
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)

    def send(self, message: bytes, *, sender: str, recipient: str) -> SendResult:
        self.taken.append((sender, recipient, message))
        return self.answer


@dataclass
class OpenAccess:
    """A store opened for its connector."""

    mail: MailTransport
    marketplace: str = ""
    webhook: str = ""

    http: HttpClient = field(default_factory=NoConnection)

    def secret(self, name: str) -> str:
        raise AssertionError(name)

    def setting(self, name: str) -> str:
        return ""


def reply(recipient: str, **changes: object) -> OutboundMessage:
    """An answer as the outbox prepares it."""
    usual = {
        "idempotency_key": "00112233445566778899aabbccddeeff.tresen@birkenhof.example",
        "recipient": recipient,
        "recipient_name": "Nora Beispiel",
        "sender": "hallo@birkenhof.example",
        "sender_name": "Birkenhof",
        "subject": "Lieferung",
        "text": "Guten Tag,\n\nes kommt am Montag.\n\nBirkenhof",
        "in_reply_to": "theirs@mails.example",
        "references": ("first@mails.example", "theirs@mails.example"),
        "quoted": "Wo ist mein Paket?",
        "attachments": (OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF"),),
    }
    return OutboundMessage(**(usual | changes))  # type: ignore[arg-type]


def read(raw: bytes) -> ParsedMail:
    """The finished mail, read again."""
    return parse_mail(raw, trusted_receivers=())
