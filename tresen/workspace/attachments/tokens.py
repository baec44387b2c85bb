"""Addresses of files, mails and documents that are good for one agent and a short time: nobody can pass them on."""

from django.core import signing
from django.urls import reverse

GOOD_FOR = 3600
"""Seconds. A page that stays open longer gives new addresses when it is reloaded."""

FILE, MAIL, DOCUMENT = "file", "mail", "document"


class Expired(LookupError):
    """The address is too old, belongs to somebody else, or was made up."""


def file_address(attachment_id: int, *, agent: int) -> str:
    """Where this agent gets the attachment from."""
    return reverse("attachment", args=[_token(FILE, attachment_id, agent)])


def mail_address(message_id: int, *, agent: int) -> str:
    """Where this agent sees the whole mail."""
    return reverse("whole-mail", args=[_token(MAIL, message_id, agent)])


def document_address(document_id: int, *, agent: int) -> str:
    """Where this agent opens a document of an order's."""
    return reverse("document", args=[_token(DOCUMENT, document_id, agent)])


def opened(token: str, kind: str, *, agent: int) -> int:
    """The id behind a token. Raises Expired."""
    try:
        number, holder = signing.loads(token, salt=f"attachments.{kind}", max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as bad:
        raise Expired(kind) from bad
    if holder != agent:
        raise Expired(kind)
    return int(number)


def _token(kind: str, number: int, agent: int) -> str:
    return signing.dumps([number, agent], salt=f"attachments.{kind}")
