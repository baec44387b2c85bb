"""Payloads kept as they came, without a server."""

from datetime import datetime
from itertools import count

from tests.factories.shops import MONDAY
from tresen.channels.contract import Source
from tresen.files.keeping import read
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import StoredPayload
from tresen.stores.models import Mailbox, Store

_places = count(1)


def kept(mailbox: Mailbox, *mails: bytes, at: datetime = MONDAY) -> list[StoredPayload]:
    """These mails, kept as if they had been fetched from the mailbox."""
    arrived = [
        Arrived(
            source=Source.MAIL,
            external_key=f"INBOX/1/{next(_places)}",
            body=mail,
            size=len(mail),
            received_at=at,
            mailbox=mailbox.pk,
        )
        for mail in mails
    ]
    keep_raw(arrived, at=at)
    return list(StoredPayload.objects.filter(external_key__in=[one.external_key for one in arrived]).order_by("number"))


def kept_at_store(store: Store, body: bytes, *, source: Source = Source.FORM, at: datetime = MONDAY) -> StoredPayload:
    """One payload that came through a store's own door."""
    key = f"own/{next(_places)}"
    keep_raw(
        [Arrived(source=source, external_key=key, body=body, size=len(body), received_at=at, store=store.pk)], at=at
    )
    return StoredPayload.objects.get(external_key=key)


def texts() -> list[bytes]:
    """What was kept, below the headers, in order."""
    payloads = StoredPayload.objects.order_by("number")
    return [read(bytes(payload.blob_id)).partition(b"\r\n\r\n")[2].strip() for payload in payloads]
