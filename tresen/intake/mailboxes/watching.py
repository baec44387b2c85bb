"""Mail the moment it comes: where a server tells of new mail (IDLE), somebody listens and wakes the sweep.

A thread a mailbox, in one worker at a time: the worker's name stands in the mailbox's row and is renewed while it
listens. Nothing depends on it, since every mailbox is read again and again anyway.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from uuid import UUID, uuid4

import structlog
from django.db import Error, connection
from django.db.models import Q

from tresen.intake.mailboxes.receiving import WAKES_RECEIVING, folders_of
from tresen.intake.waking import wake
from tresen.mail import imap
from tresen.mail.signing_in import MailTrouble
from tresen.stores.models import Health, Mailbox
from tresen.stores.signing_in import credentials_of, imap_server

log = structlog.get_logger()

LISTENS_FOR = timedelta(seconds=60)
LEASE = timedelta(minutes=3)


class Watchers:
    """The threads of this process. `keep` is a sweep; `now` gives the time to the threads."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._name = uuid4()
        self._now = now
        self._over = Event()
        self._threads: dict[int, Thread] = {}
        self._lock = Lock()

    def keep(self, at: datetime) -> int:
        """Listen to every healthy mailbox that nobody listens to. Always 0: there is never more to do at once."""
        with self._lock:
            self._threads = {pk: thread for pk, thread in self._threads.items() if thread.is_alive()}
            for mailbox_id in self._free(at):
                thread = Thread(target=self._listen, args=(mailbox_id,), name=f"mailbox-{mailbox_id}", daemon=True)
                self._threads[mailbox_id] = thread
                thread.start()
        return 0

    def stop(self) -> None:
        """Listen no more; waits for no server."""
        self._over.set()

    def _free(self, at: datetime) -> list[int]:
        healthy = Mailbox.objects.filter(health=Health.GOOD, retired_at=None, read_from__isnull=False)
        free = healthy.filter(Q(watched_until=None) | Q(watched_until__lte=at)).exclude(pk__in=self._threads)
        return [pk for pk in free.order_by("pk").values_list("pk", flat=True) if claim(pk, by=self._name, at=at)]

    def _listen(self, mailbox_id: int) -> None:
        try:
            with suppress(MailTrouble, ValueError):  # the next reading says what is wrong
                listen(mailbox_id, by=self._name, now=self._now, over=self._over)
        except Error as trouble:
            log.warning("watching_ended", mailbox=mailbox_id, trouble=str(trouble))
        finally:
            connection.close()


def listen(mailbox_id: int, *, by: UUID, now: Callable[[], datetime], over: Event) -> None:
    """Wait for news and wake the sweep, until `over`, the mailbox is another worker's, or its server can't tell.

    Raises MailTrouble.
    """
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    with imap.connect(imap_server(mailbox), credentials_of(mailbox, at=now())) as box:
        if not box.can_wait:
            return
        box.open(folders_of(mailbox)[0])
        while not over.is_set() and claim(mailbox_id, by=by, at=now()):
            connection.close()  # nothing is asked of the database while we wait
            if box.wait(LISTENS_FOR.total_seconds()):
                Mailbox.objects.filter(pk=mailbox_id).update(next_check_at=now())
                wake(WAKES_RECEIVING)


def claim(mailbox_id: int, *, by: UUID, at: datetime) -> bool:
    """Whether this worker listens to the mailbox for the next while."""
    mine = Q(watched_by=by) | Q(watched_until=None) | Q(watched_until__lte=at)
    row = Mailbox.objects.filter(mine, pk=mailbox_id, retired_at=None)
    return row.update(watched_by=by, watched_until=at + LEASE) > 0
