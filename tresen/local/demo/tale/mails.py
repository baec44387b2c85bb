"""Mails as the channels would deliver them, down to their frames: what the shop reads is read the real way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from random import Random

from tresen.channels.website.form import form_payload
from tresen.local.demo.tale.orders import PlannedOrder
from tresen.local.demo.tale.people import Buyer
from tresen.local.demo.tale.products import Product
from tresen.local.demo.tale.stores import BRAND, StorePlan

_FRAMES = {
    "de": ("Sie haben eine Nachricht erhalten.", "Nachricht:", "Ende der Nachricht", "Fall lösen"),
    "it": ("Hai ricevuto un messaggio.", "Messaggio:", "Fine messaggio", "Risolvi caso"),
}
_ORDERED = {"de": "Bestellung", "it": "Ordine"}
_MARKETPLACE_IDS = {"amazon.de": "A1PA6795UKMFR9", "amazon.it": "APJ6JRA9NG5V4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What all mails of one matter share. `answered` is the id of our newest answer, to which a buyer's mail points."""

    key: str
    store: StorePlan
    buyer: Buyer
    product: Product
    order: PlannedOrder | None
    subject: str
    answered: str = ""

    @property
    def by_form(self) -> bool:
        """Whether what the buyer writes now comes through the website's form: before there is a mail to reply to."""
        return self.store.channel == "website" and not self.answered

    def answered_by(self, message_id: str) -> "Thread":
        """The same, now that we have answered with this id."""
        return replace(self, answered=message_id)


def buyers_payload(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    """A buyer's words as their channel delivers them; `number` counts the thread's payloads."""
    match thread.store.channel:
        case "amazon":
            return _amazon(thread, text, at=at, number=number)
        case "ebay":
            return _ebay(thread, text, at=at, number=number)
        case "walmart":
            return _walmart(thread, text, at=at, number=number)
        case "shopify" if not thread.answered:
            return _shopify(thread, text, at=at, number=number)
        case "website" if thread.by_form:
            return _form(thread, text, number=number)
        case _:
            return _plain(thread, text, at=at, number=number)


def automatic_payload(thread: Thread, subject: str, text: str, *, at: datetime, number: int) -> bytes:
    """A machine's answer to our answer, from a mail program."""
    mail = _begun(thread, subject, at=at, number=number, host="mail.example")
    mail["From"] = _named(thread.buyer.name, thread.buyer.address)
    mail["Auto-Submitted"] = "auto-replied"
    mail["Precedence"] = "bulk"
    if thread.answered:
        mail["In-Reply-To"] = f"<{thread.answered}>"
    mail.set_content(text)
    return mail.as_bytes()


def bounce_payload(thread: Thread, *, at: datetime, number: int) -> bytes:
    """A mail server's report that our answer could not be delivered (RFC 3464)."""
    address = thread.buyer.address
    mail = _begun(thread, "Undelivered Mail Returned to Sender", at=at, number=number, host="mx.example")
    mail["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"Your message to {address} could not be delivered: 550 5.1.1 mailbox unavailable.\n")
    mail.make_mixed()
    mail.add_attachment(
        (
            f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {address}\nAction: failed\n"
            f"Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected\n"
        ).encode(),
        maintype="message",
        subtype="x-delivery-status",
    )
    mail.add_attachment(
        f"Message-ID: <{thread.answered}>\nTo: {address}\nSubject: Re: {thread.subject}\n".encode(),
        maintype="text",
        subtype="rfc822-headers",
    )
    raw = mail.as_bytes()
    raw = raw.replace(b"message/x-delivery-status", b"message/delivery-status")
    return raw.replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status", 1)


def message_id(thread: Thread, number: int, host: str) -> str:
    """An id as mail programs make them, the same for the same payload."""
    return f"{sha256(f'{thread.key}/{number}'.encode()).hexdigest()[:24]}@{host}"


def hexadecimal(thread: Thread, number: int, length: int) -> str:
    """Figures that look random and stay the same."""
    return Random(f"{thread.key}/{number}").randbytes(length // 2 + 1).hex()[:length]  # noqa: S311 (invented data)


def begun(thread: Thread, subject: str, *, at: datetime, number: int, host: str) -> EmailMessage:
    """A mail to the store's address, without a sender yet."""
    return _begun(thread, subject, at=at, number=number, host=host)


def _begun(thread: Thread, subject: str, *, at: datetime, number: int, host: str) -> EmailMessage:
    mail = EmailMessage()
    mail["To"] = thread.store.address
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id(thread, number, host)}>"
    return mail


def _amazon(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    about = f" ({_ORDERED[thread.store.country]}: {thread.order.number})" if thread.order else ""
    mail = _begun(thread, f"{thread.subject}{about}", at=at, number=number, host="eu-west-1.amazonses.com")
    mail["From"] = _named(f"{thread.buyer.name} - Amazon Marketplace", thread.buyer.address)
    mail["Reply-To"] = thread.buyer.address
    mail["X-Space-Notification-Type"] = "BBC_MESSAGE_SENT_TO_MERCHANT"
    mail["X-Marketplace-ID"] = _MARKETPLACE_IDS[thread.store.marketplace]
    mail.set_content("\n".join(_framed(thread, text, number)))
    return mail.as_bytes()


def _framed(thread: Thread, text: str, number: int) -> Iterator[str]:
    """A buyer's words in Amazon's frame, line by line."""
    head, start, end, solve = _FRAMES[thread.store.country]
    site = thread.store.marketplace
    case = f"A{hexadecimal(thread, 0, 20).upper()}"
    mark = f"t={case}&m={hexadecimal(thread, number, 24)}&mp={_MARKETPLACE_IDS[site]}"
    yield from (head, "", *_items(thread), "")
    yield from (f"------------- {start} -------------", "", text, "", f"------------- {end} -------------", "")
    yield from (solve, f"https://sellercentral.{site}/messaging/no-response-needed?{mark}", "")
    yield from ("--------------------------", "", "Copyright Amazon, Inc.", "")
    yield f"SPC-EUAmazon-{int(hexadecimal(thread, number, 12), 16)}"


def _items(thread: Thread) -> Iterator[str]:
    language = thread.store.language
    if thread.order is None:
        yield f"{thread.product.title(language)} [ASIN: {thread.product.asin}]"
        return
    yield f"# {thread.order.number}:"
    for line in thread.order.lines:
        yield f"{line.quantity} / {line.product.title(language)} [ASIN: {line.product.asin}]"


def _ebay(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    user, product = thread.buyer.username, thread.product
    title = product.title("de")
    subject = f"{user} hat eine Nachricht zu {title} #{product.item} gesendet"
    mail = _begun(thread, subject, at=at, number=number, host="members.ebay.de")
    mail["From"] = _named(f"eBay - {user}", thread.buyer.address)
    mail["Reply-To"] = thread.buyer.address
    shown = _html(text)
    order = f"<p>Bestellnummer: {thread.order.number}</p>" if thread.order else ""
    reference = f"[#a{hexadecimal(thread, 1, 8)}#]_[#{hexadecimal(thread, 2, 32)}#]"
    mail.set_content(
        f"<html><body><h2>Neue Nachricht von: {user} ({len(user) * 17})</h2>\n"
        f'<div id="UserInputtedText">{shown}</div>\n'
        f"<p>Antworten</p>\n<p>{title}</p>{order}\n<p>Artikelnr.: {product.item}</p>\n"
        f"<p>Email reference id: {reference}</p>\n"
        "<p>eBay sent this message to Tannlicht (tannlicht).</p></body></html>",
        subtype="html",
    )
    return mail.as_bytes()


def _walmart(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    name, order = thread.buyer.name, thread.order
    assert order is not None  # only who has bought can write there
    mail = _begun(thread, thread.subject, at=at, number=number, host="relay.walmart.com")
    mail["From"] = _named(name, thread.buyer.address)
    mail.set_content(
        f"Hi {BRAND},\n\n{name} wants to connect with you regarding the following order:\n\n"
        f"Sales Order ID: {order.number}\nItem ID: {thread.product.item}\nItem: {thread.product.title('en')}\n\n"
        f"Message:\n{text}\n\n**Note: You have received this message from the customer, who has made a purchase from "
        "your company on Walmart.com. Please respond within 1 business day.**\n\nThank you,\n"
        f"Walmart Customer Service Team\nRefID: {hexadecimal(thread, number, 32).upper()}\n"
    )
    return mail.as_bytes()


def _shopify(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    mail = _begun(
        thread, f"New customer message on {at:%B %d, %Y at %H:%M}", at=at, number=number, host="mailer.shopify.com"
    )
    mail["From"] = _named("Tannlicht", "mailer@shopify.com")
    mail["Reply-To"] = thread.buyer.address
    mail.set_content(
        "You received a new message from your online store's contact form.\n\n"
        f"Country Code:\nDE\n\nName:\n{thread.buyer.name}\n\nEmail:\n{thread.buyer.address}\n\nBody:\n{text}\n"
    )
    return mail.as_bytes()


def _form(thread: Thread, text: str, *, number: int) -> bytes:
    return form_payload(
        {
            "id": f"{message_id(thread, number, 'form')}",
            "name": thread.buyer.name,
            "email": thread.buyer.address,
            "subject": thread.subject,
            "message": text,
            "order_number": thread.order.number if thread.order else "",
            "language": thread.buyer.language,
            "page": "/kontakt",
        }
    )


def _plain(thread: Thread, text: str, *, at: datetime, number: int) -> bytes:
    subject = f"Re: {thread.subject}" if thread.answered else thread.subject
    mail = _begun(thread, subject, at=at, number=number, host=thread.buyer.address.partition("@")[2])
    mail["From"] = _named(thread.buyer.name, thread.buyer.address)
    if thread.answered:
        mail["In-Reply-To"] = mail["References"] = f"<{thread.answered}>"
    mail.set_content(text)
    return mail.as_bytes()


def _named(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br>\n")
