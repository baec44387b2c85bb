"""Mails as marketplaces' relays write them, invented after their shapes."""

from datetime import datetime
from email.utils import format_datetime
from itertools import count

_numbers = count(1)


def amazon_mail(
    text: str,
    *,
    at: datetime,
    order: str = "302-8812345-1234567",
    alias: str = "q7w2e9r4t1y8u3",
    name: str = "Petra Muster",
    to: str = "service@nordlicht.example",
) -> bytes:
    """A buyer's message in today's German frame, from amazon.de's relay."""
    number = next(_numbers)
    return (
        (
            f"From: {name} - Amazon Marketplace <{alias}@marketplace.amazon.de>\n"
            f"Reply-To: {alias}@marketplace.amazon.de\n"
            f"To: {to}\n"
            f"Subject: Anfrage von Amazon-Kunde {name}(Bestellung: {order})\n"
            f"Date: {format_datetime(at)}\n"
            f"Message-ID: <0102019a{number:08d}@eu-west-1.amazonses.com>\n"
            "X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\n"
            "X-Marketplace-ID: A1PA6795UKMFR9\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
            "Sie haben eine Nachricht erhalten.\n\n"
            f"# {order}:\n1 / Tischlampe Beispiel [ASIN: B0EXAMPLE1]\n\n"
            f"------------- Nachricht: -------------\n\n{text}\n\n------------- Ende der Nachricht -------------\n\n"
            "https://sellercentral.amazon.de/messaging/no-response-needed"
            f"?t=A000THREAD{alias}&m=A000MSG{number}&mp=A1PA6795UKMFR9&c=AEXAMPLE&h={number:040x}&s=1\n\n"
            f"SPC-EUAmazon-{number:016d}\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


def bounce_of(message_id: str, *, recipient: str, at: datetime, to: str = "service@nordlicht.example") -> bytes:
    """A delivery report (RFC 3464): the recipient does not exist."""
    return (
        (
            "From: Mail Delivery Subsystem <mailer-daemon@mx.shop.example>\n"
            f"To: {to}\nSubject: Undelivered Mail Returned to Sender\nDate: {format_datetime(at)}\n"
            f"Message-ID: <bounce{next(_numbers)}@mx.shop.example>\nAuto-Submitted: auto-replied\n"
            "MIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
            "--b\nContent-Type: message/delivery-status\n\n"
            f"Reporting-MTA: dns; mx.shop.example\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\n"
            "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{message_id}>\nSubject: Re: x\n--b--\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )
