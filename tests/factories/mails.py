"""Raw mails as they lie on a server."""

from datetime import datetime
from email.utils import format_datetime
from itertools import count

from tests.factories.shops import MONDAY

_numbers = count(1)


def a_mail(
    text: str = "Wo ist mein Paket?",
    *,
    sender: str = "Petra Muster <petra@kundin.example>",
    to: str = "service@nordlicht.example",
    subject: str = "Frage zur Bestellung",
    at: datetime = MONDAY,
    message_id: str | None = None,
    headers: str = "",
) -> bytes:
    """A plain mail; `headers` are further lines, each ended by a line feed. An empty `message_id` leaves it out."""
    identity = f"m{next(_numbers)}@kundin.example" if message_id is None else message_id
    named = f"Message-ID: <{identity}>\n" if identity else ""
    head = (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {format_datetime(at)}\n{named}{headers}"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    )
    return f"{head}\n{text}\n".replace("\n", "\r\n").encode()
