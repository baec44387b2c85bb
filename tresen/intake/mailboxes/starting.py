"""How far back a large or old mailbox is read: asked before it is begun."""

from datetime import datetime

from django.db import transaction

from tresen.files.keeping import pieces_of
from tresen.intake.mailboxes.receiving import WAKES_RECEIVING, folders_of
from tresen.intake.models import StoredPayload
from tresen.intake.waking import wake
from tresen.mail import imap
from tresen.mail.headers.received import suggest_receivers
from tresen.stores.models import Mailbox
from tresen.stores.signing_in import credentials_of, imap_server

DAYS = (1, 7, 14, 30, 90, 365)
"""What is offered: the mails of the last so many days."""


RECEIVERS_FROM = 50
"""So many mails tell which hosts receive for a mailbox."""


def asks(mailbox: Mailbox) -> bool:
    """Whether the mailbox was reached, holds much or old mail, and waits to be told how far back to go."""
    return mailbox.read_from is None and mailbox.checked_at is not None and not mailbox.trouble


def untold(mailbox: Mailbox) -> bool:
    """Whether it is read and nobody has said which hosts receive for it: every sender then is as good as his word."""
    return mailbox.read_from is not None and not mailbox.trusted_receivers


def how_far_back(mailbox_id: int, *, at: datetime) -> dict[int, int]:
    """How many mails the mailbox holds of the last 1, 7, 14, 30, 90 and 365 days. Raises MailTrouble."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    totals = dict.fromkeys(DAYS, 0)
    with imap.connect(imap_server(mailbox), credentials_of(mailbox, at=at)) as box:
        for folder in folders_of(mailbox):
            box.open(folder)
            for days, count in box.count_by_age(DAYS, at=at).items():
                totals[days] += count
    return totals


@transaction.atomic
def start_reading(mailbox_id: int, *, since: datetime, at: datetime) -> None:
    """Read the mailbox from `since` on, now. What came earlier stays on the server until an earlier start is chosen."""
    mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
    if mailbox.read_from is not None and since < mailbox.read_from:
        # What lies between the two starts was passed over: the marks go back, and known mail is not kept twice.
        mailbox.folder_states.update(seen_uid=0)
    mailbox.read_from = since
    mailbox.next_check_at = at
    mailbox.save(update_fields=["read_from", "next_check_at"])
    wake(WAKES_RECEIVING)


def suggested_receivers(mailbox_id: int) -> tuple[str, ...]:
    """The hosts that received the mailbox's newest mails: offered as those whose stamps are trusted."""
    newest = StoredPayload.objects.filter(mailbox=mailbox_id).order_by("-number")[:RECEIVERS_FROM]
    return suggest_receivers(next(pieces_of(bytes(key)), b"") for key in newest.values_list("blob_id", flat=True))
