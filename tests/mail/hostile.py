"""Broken mails, made here so that no one's real mail is needed. Every function gives raw bytes."""

from email.message import EmailMessage

BUYER = "Bianca Esempi <buyer@customer.example>"


def plain(text: str = "Wo bleibt mein Paket?", **headers: str) -> bytes:
    """An ordinary mail; header names with underscores for hyphens."""
    mail = EmailMessage()
    mail["From"] = BUYER
    mail["To"] = "service@shop.example"
    mail["Subject"] = "Paket"
    mail["Date"] = "Mon, 09 Nov 2026 16:04:11 +0100"
    mail["Message-ID"] = "<abc@customer.example>"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return bytes(mail)


def raw(*lines: str | bytes, body: str | bytes = b"text") -> bytes:
    """A mail of exactly these header lines."""
    return b"\n".join([*(_bytes(line) for line in lines), b"", _bytes(body)])


def in_charset(text: str, *, label: str, codec: str) -> bytes:
    return raw(f"From: {BUYER}", f'Content-Type: text/plain; charset="{label}"', body=text.encode(codec))


def with_attachment(size: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = BUYER
    mail["Subject"] = "Foto"
    mail.set_content("siehe Anhang")
    mail.add_attachment(bytes(range(256)) * (size // 256), maintype="image", subtype="png", filename="foto.png")
    return bytes(mail)


def nested(depth: int) -> bytes:
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return f"From: {BUYER}\nSubject: tief\n{levels}Content-Type: text/plain\n\nganz unten".encode()


def divided(parts: int) -> bytes:
    return raw(f"From: {BUYER}", "Content-Type: multipart/mixed; boundary=x", body="--x\n\nhallo\n" * parts + "--x--\n")


def winmail() -> bytes:
    mail = EmailMessage()
    mail["From"] = BUYER
    mail.set_content("steht alles in der Datei")
    mail.add_attachment(
        b"\x78\x9f\x3e\x22" + b"\0" * 40, maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    return bytes(mail)


def one_long_line() -> bytes:
    return raw(f"From: {BUYER}", "Subject: lang", body="wort " * 400_000)


def with_nul_bytes() -> bytes:
    return raw(f"From: {BUYER}", b"Subject: Pa\x00ket", body=b"Wo\x00 ist es?\x00")


def alternative(text: str, html: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = BUYER
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    return bytes(mail)


def bounce(*, action: str = "failed", status: str = "5.1.1", original_id: str = "one@shop.example") -> bytes:
    """RFC 3464, in the shape that Postfix gives it."""
    return raw(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.shop.example (Mail Delivery System)",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        body=f"""--x
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.shop.example

Final-Recipient: rfc822; buyer@customer.example
Original-Recipient: rfc822;buyer@customer.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.customer.example
Diagnostic-Code: smtp; 550 5.1.1 <buyer@customer.example>:
    Recipient address rejected: User unknown
--x
Content-Type: message/rfc822

From: service@shop.example
Message-ID: <{original_id}>
Subject: Re: Paket

Es kommt morgen.
--x--
""",
    )


def read_receipt() -> bytes:
    """RFC 8098."""
    return raw(
        f"From: {BUYER}",
        "Subject: Gelesen: Paket",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        body="""--x
Content-Type: text/plain

Ihre Nachricht wurde angezeigt.
--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822; buyer@customer.example
Original-Message-ID: <one@shop.example>
Disposition: manual-action/MDN-sent-manually; displayed
--x--
""",
    )


def _bytes(line: str | bytes) -> bytes:
    return line.encode() if isinstance(line, str) else line
