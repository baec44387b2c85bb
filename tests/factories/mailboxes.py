"""Mailboxes on the test servers."""

from datetime import datetime
from itertools import count

from tests.factories.shops import MONDAY
from tresen.stores.models import Mailbox, Security, SignInWith, Store
from tresen.vault.sealing import seal

_numbers = count(1)


def a_mailbox(
    *stores: Store,
    address: str = "",
    imap_port: int = 1,
    smtp_port: int = 1,
    username: str = "",
    password: str = "geheim",  # noqa: S107 - invented
    read_from: datetime | None = None,
    token_url: str = "",
) -> Mailbox:
    """A mailbox on this machine. With `token_url` it signs in by XOAUTH2, and its secrets are the caller's."""
    address = address or f"mailbox{next(_numbers)}@nordlicht.example"
    mailbox = Mailbox.objects.create(
        name=address,
        address=address,
        imap_host="127.0.0.1",
        imap_port=imap_port,
        imap_security=Security.NONE,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_security=Security.NONE,
        username=username or address,
        sign_in_with=SignInWith.XOAUTH2 if token_url else SignInWith.PASSWORD,
        token_url=token_url,
        read_from=read_from,
        created_at=MONDAY,
    )
    mailbox.stores.set(stores)
    if not token_url:
        seal(f"mailbox:{mailbox.pk}:password", password, at=MONDAY)
    return mailbox
