"""Receiving: from a mailbox to raw payloads that are kept.

A mailbox is read by the numbers its server gives, folder by folder, from where the last reading ended; whether a mail
was opened elsewhere does not matter. The payloads and the moved mark are committed together.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import structlog
from django.db import connection, transaction

from tresen.channels.contract import Source
from tresen.crashing.points import Point, reached
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.mailboxes import known_ids
from tresen.mail import imap
from tresen.mail.imap_answers import FetchedMail
from tresen.mail.signing_in import AuthenticationRefused, FolderGone, MailTrouble, UidValidityChanged
from tresen.stores import health
from tresen.stores.models import Mailbox, MailFolder
from tresen.stores.signing_in import credentials_of, imap_server

log = structlog.get_logger()

POLL_EVERY = timedelta(seconds=60)
WATCHED_EVERY = timedelta(minutes=5)
"""Where the server tells of new mail by itself, looking is only a precaution."""
LEASE = timedelta(minutes=5)
MANY = 1_000
"""A mailbox with more mails than this, connected for the first time, asks how far back to go."""
OLD = timedelta(days=14)
"""So does one that holds anything older than this: what nobody answered for years is no work of today."""
ANY_ZONE = timedelta(days=1)
"""A server tells the day of a mail by its own clocks' zone."""
MOST_BATCHES = 20
"""A mailbox with much to read lets the others have their turn after so many batches."""
WAKES_RECEIVING = "tresen_mailboxes"
"""NOTIFY channel: a mailbox is due."""


def receive_due(at: datetime, *, most: int = 50) -> int:
    """Read the mailboxes that are due; gives how many payloads were new."""
    new = 0
    for _ in range(most):
        mailbox_id = _claim(at)
        if mailbox_id is None:
            break
        new += receive_mail(mailbox_id, at=at)
    return new


def receive_mail(mailbox_id: int, *, at: datetime) -> int:
    """Read a mailbox to its end, or for its turn; gives how many payloads were new. Trouble shows as its health."""
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    try:
        with imap.connect(imap_server(mailbox), credentials_of(mailbox, at=at)) as box:
            new, ended = _receive(mailbox, box, at=at)
            waits = box.can_wait
    except (MailTrouble, ValueError) as trouble:
        refused = isinstance(trouble, AuthenticationRefused)
        if refused and mailbox.failures == 0 and _renewed(mailbox, at=at):
            return receive_mail(mailbox_id, at=at)
        log.warning("mailbox_not_read", mailbox=mailbox_id, trouble=str(trouble))
        health.receiving_failed(mailbox_id, trouble=str(trouble), at=at, reconnect=refused)
        return 0
    pause = WATCHED_EVERY if waits and mailbox.watched_until and mailbox.watched_until > at else POLL_EVERY
    health.receiving_went_well(mailbox_id, at=at, next_check_at=at + pause if ended else at)
    return new


def folders_of(mailbox: Mailbox) -> list[str]:
    """The folders that are read."""
    return list(mailbox.folders) or ["INBOX"]


def _receive(mailbox: Mailbox, box: imap.Mailbox, *, at: datetime) -> tuple[int, bool]:
    """New payloads, and whether the end was reached. A folder that is gone is told when the others are read."""
    if mailbox.read_from is None:
        oldest = (at - OLD).date()
        if _must_ask(mailbox, box, oldest=oldest):
            return 0, True
        # Whole, that is; and of folders that are named later no more than of these.
        mailbox.read_from = datetime.combine(oldest, time.min, UTC) - ANY_ZONE
        Mailbox.objects.filter(pk=mailbox.pk, read_from=None).update(read_from=mailbox.read_from)
    key = known_ids.hashing_key(at=at)
    new, batches = 0, 0
    gone: FolderGone | None = None
    for name in folders_of(mailbox):
        try:
            folder = _opened(mailbox, box, name)
        except FolderGone as trouble:
            gone = gone or trouble
            continue
        for mails in box.fetch_after(folder.seen_uid, since=mailbox.read_from.date()):
            new += keep_mails(mailbox, folder, mails, key=key, at=at)
            reached(Point.RAW_COMMITTED)
            batches += 1
            if batches >= MOST_BATCHES:
                return new, False
    if gone is not None:
        raise gone
    return new, True


def _opened(mailbox: Mailbox, box: imap.Mailbox, name: str) -> MailFolder:
    """The folder, open, with the mark up to which it was read; a folder that is numbered anew is read anew."""
    folder = MailFolder.objects.filter(mailbox=mailbox, name=name).first()
    try:
        state = box.open(name, uid_validity=folder.uidvalidity if folder else None)
    except UidValidityChanged as changed:
        assert folder is not None  # nothing was remembered of a new folder that could change
        log.warning("folder_numbered_anew", mailbox=mailbox.pk, folder=name)
        folder.uidvalidity, folder.seen_uid = changed.now, 0
        folder.save(update_fields=["uidvalidity", "seen_uid"])
        return folder
    return folder or MailFolder.objects.create(mailbox=mailbox, name=name, uidvalidity=state.uid_validity)


@transaction.atomic
def keep_mails(mailbox: Mailbox, folder: MailFolder, mails: Sequence[FetchedMail], *, key: bytes, at: datetime) -> int:
    """Keep those not seen before, together with the moved mark; gives how many were new."""
    if not mails:
        return 0
    places = {mail.uid: place_of(mailbox, folder, mail.uid, key=key) for mail in mails}
    contents = {mail.uid: known_ids.content_hash(key, mailbox=mailbox.pk, raw=mail.raw) for mail in mails}
    known = known_ids.known([*places.values(), *contents.values()])
    too_old = {mail.uid for mail in mails if mailbox.read_from and mail.internal_date < mailbox.read_from}
    fresh: dict[bytes, Arrived] = {}
    for mail in mails:
        if mail.uid not in too_old and places[mail.uid] not in known and contents[mail.uid] not in known:
            fresh.setdefault(contents[mail.uid], _arrived(mailbox, folder, mail))
    new = keep_raw(list(fresh.values()), at=at)
    passed = [known_ids.passed_hash(places[uid]) for uid in too_old]
    known_ids.remember([*(places[uid] for uid in places.keys() - too_old), *passed, *fresh], at=at)
    highest = max(mail.uid for mail in mails)
    MailFolder.objects.filter(pk=folder.pk, uidvalidity=folder.uidvalidity, seen_uid__lt=highest).update(
        seen_uid=highest
    )
    return new


def place_of(mailbox: Mailbox, folder: MailFolder, uid: int, *, key: bytes) -> bytes:
    """The hash of where a mail stands."""
    return known_ids.place_hash(key, mailbox=mailbox.pk, folder=folder.name, uidvalidity=folder.uidvalidity, uid=uid)


def _arrived(mailbox: Mailbox, folder: MailFolder, mail: FetchedMail) -> Arrived:
    return Arrived(
        source=Source.MAIL,
        external_key=f"{folder.name}/{folder.uidvalidity}/{mail.uid}"[-300:],
        body=mail.raw,
        size=mail.size,
        received_at=mail.internal_date,
        mailbox=mailbox.pk,
    )


def _must_ask(mailbox: Mailbox, box: imap.Mailbox, *, oldest: date) -> bool:
    """Whether so much lies there, or anything from before `oldest`, that a person says how far back to read."""
    total = 0
    for name in folders_of(mailbox):
        try:
            total += box.open(name).count
        except FolderGone:
            continue
        if total > MANY or box.count_before(oldest):
            return True
    return False


def _renewed(mailbox: Mailbox, *, at: datetime) -> bool:
    """Whether another token could be had: one may be withdrawn before its time. A password is what it is."""
    if mailbox.sign_in_with != "xoauth2":
        return False
    try:
        credentials_of(mailbox, at=at, renew=True)
    except MailTrouble:
        return False
    Mailbox.objects.filter(pk=mailbox.pk).update(failures=1)
    return True


def _claim(at: datetime) -> int | None:
    """A due mailbox, leased: should its reader die, it is due again when the lease ends."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [at + LEASE, at])
        row = cursor.fetchone()
    return int(row[0]) if row else None


_CLAIM = """
    UPDATE stores_mailbox SET next_check_at = %s WHERE id = (
        SELECT id FROM stores_mailbox
        WHERE retired_at IS NULL AND (next_check_at IS NULL OR next_check_at <= %s)
        ORDER BY next_check_at NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
