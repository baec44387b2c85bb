"""The count check: whether every mail on the server, since the chosen start, is known here. What is not is fetched."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db.models import Q

from tresen.intake.mailboxes import known_ids
from tresen.intake.mailboxes.receiving import folders_of, keep_mails, place_of
from tresen.mail import imap
from tresen.mail.signing_in import MailTrouble
from tresen.stores.models import Mailbox, MailFolder
from tresen.stores.signing_in import credentials_of, imap_server

log = structlog.get_logger()

COUNT_EVERY = timedelta(hours=6)


def count_due(at: datetime) -> int:
    """Check the mailboxes whose turn it is; gives how many mails were missing and fetched."""
    due = Mailbox.objects.filter(retired_at=None, read_from__isnull=False, trouble="")
    due = due.filter(Q(counted_at=None) | Q(counted_at__lte=at - COUNT_EVERY))
    fetched = 0
    for mailbox_id in due.order_by("pk").values_list("pk", flat=True):
        # Claimed by the time of its count: another worker leaves it alone.
        taken = Mailbox.objects.filter(Q(counted_at=None) | Q(counted_at__lte=at - COUNT_EVERY), pk=mailbox_id)
        if taken.update(counted_at=at):
            try:
                fetched += count(mailbox_id, at=at)
            except MailTrouble as trouble:
                log.warning("mailbox_not_counted", mailbox=mailbox_id, trouble=str(trouble))
    return fetched


def count(mailbox_id: int, *, at: datetime) -> int:
    """Find what stands on the server and is not known here, fetch it, and show what still is missing.

    Gives how many were fetched. Raises MailTrouble.
    """
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    assert mailbox.read_from is not None  # nothing is missing of what nobody has chosen to read
    key = known_ids.hashing_key(at=at)
    fetched, missing = 0, 0
    with imap.connect(imap_server(mailbox), credentials_of(mailbox, at=at)) as box:
        for folder in _read_folders(mailbox, box):
            lost = _unknown(mailbox, folder, box, key=key)
            if lost:
                log.warning("mail_missing", mailbox=mailbox_id, folder=folder.name, count=len(lost))
            for mails in box.fetch(lost):
                fetched += keep_mails(mailbox, folder, mails, key=key, at=at)
            missing += len(_unknown(mailbox, folder, box, key=key)) if lost else 0
    Mailbox.objects.filter(pk=mailbox_id).update(missing=missing, counted_at=at)
    return fetched


def _read_folders(mailbox: Mailbox, box: imap.Mailbox) -> Iterator[MailFolder]:
    """The folders whose numbers still mean what they meant; one that is numbered anew is read anew before."""
    for folder in MailFolder.objects.filter(mailbox=mailbox, name__in=folders_of(mailbox)).order_by("name"):
        if box.open(folder.name).uid_validity == folder.uidvalidity:
            yield folder


def _unknown(mailbox: Mailbox, folder: MailFolder, box: imap.Mailbox, *, key: bytes) -> list[int]:
    """The numbers of mails up to the mark that are not known. What lies behind the mark is still to be read."""
    assert mailbox.read_from is not None
    folder.refresh_from_db(fields=["seen_uid"])
    uids = [uid for uid in box.uids_since(mailbox.read_from.date()) if uid <= folder.seen_uid]
    places = {uid: place_of(mailbox, folder, uid, key=key) for uid in uids}
    passed = {uid: known_ids.passed_hash(place) for uid, place in places.items()}
    known = known_ids.known([*places.values(), *passed.values()])
    return [uid for uid in uids if places[uid] not in known and passed[uid] not in known]
