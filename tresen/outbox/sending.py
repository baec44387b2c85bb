"""Sending what is due: one reply at a time, its attempt committed before a byte leaves.

A crash between the two leaves the delivery SENDING. Nobody knows then whether it was taken, so it becomes UNCERTAIN
and a person decides; the machine never sends it a second time.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from tresen.channels.contract import Later, OutboundMessage, Refused, SendResult, StoreAccess, Uncertain
from tresen.chats.presence import IS_THERE
from tresen.crashing.points import Point, reached
from tresen.outbox import letters, receipts
from tresen.outbox.consents import has_refused
from tresen.outbox.forbidding import forbidden_in
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.preparing import prepared
from tresen.outbox.quiet import delivery_may_leave_at
from tresen.outbox.told import take_told_before
from tresen.outbox.ways import way_out
from tresen.outbox.windows import through_window
from tresen.stores.access import access_by, access_to
from tresen.stores.troubles import CONSENT_WITHDRAWN, QUIET_HOURS
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

type Opened = dict[tuple[int, int | None], StoreAccess]

ALIVE_EVERY = timedelta(seconds=20)
SILENT_AFTER = timedelta(minutes=2)
"""An attempt whose process has said nothing for so long was interrupted."""
AFTER_A_FAULT = timedelta(minutes=5)
DATABASE_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between attempts to keep an outcome; SILENT_AFTER is longer than all of them."""


def send_due(at: datetime, *, most: int = 50) -> int:
    """Send the replies that are due, oldest first; gives how many attempts were made."""
    clock = running_from(at)
    opened: Opened = {}
    for made in range(most):
        delivery = _claim(clock())
        if delivery is None:
            return made
        reached(Point.ATTEMPT_COMMITTED)
        with _kept_alive(delivery, clock=clock):
            result = _sent(delivery, opened, clock=clock)
        reached(Point.ACCEPTED_NOT_KEPT)
        _keep(delivery, result, clock=clock)
    return most


def settle_interrupted(at: datetime, *, most: int = 100) -> int:
    """Attempts whose process died on the way become uncertain: a person is asked. Gives how many."""
    silent = DeliveryAttempt.objects.filter(ended_at=None, alive_at__lt=at - SILENT_AFTER).order_by("alive_at")
    lost = list(silent.values_list("delivery_id", "number")[:most])
    for delivery, number in lost:
        receipts.confirm(
            delivery, Uncertain(reason="The program stopped while this was being sent."), attempt=number, at=at
        )
    return len(lost)


@transaction.atomic(durable=True)
def _claim(at: datetime) -> Delivery | None:
    """The next due delivery, with its new attempt; committed when this returns."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    delivery = Delivery.objects.select_related(*letters.READ_WITH).get(pk=row[0])
    delivery.attempts += 1
    delivery.state = DeliveryState.SENDING
    delivery.next_attempt_at = None
    delivery.save(update_fields=["attempts", "state", "next_attempt_at"])
    DeliveryAttempt.objects.create(delivery=delivery, number=delivery.attempts, started_at=at, alive_at=at)
    return delivery


def _sent(delivery: Delivery, opened: Opened, *, clock: Callable[[], datetime]) -> SendResult:
    send = way_out(delivery) if delivery.mailbox is None else partial(letters.send, at=clock())
    if send is None:
        return Refused(reason="This channel takes no such message from here: write on the platform itself.")
    try:
        access = _opened(delivery, opened, clock=clock)
        message = _on_its_way(delivery, at=clock())
    except (OperationalError, InterfaceError) as trouble:
        return Later(after=timedelta(0), reason=f"{type(trouble).__name__}: {trouble}"[:500])
    except KeyError:
        return Refused(reason="A file of this answer has expired. Attach it again.")
    except Exception as error:  # nothing has left yet: it can be tried again once this is mended
        log.exception("preparing_failed", delivery=delivery.pk)
        return Later(after=AFTER_A_FAULT, reason=f"{type(error).__name__}: {error}"[:500])
    try:
        return message if isinstance(message, Refused | Later) else send(message, access)
    except Exception as error:  # a bug in a connector: whatever it did before, nobody knows
        log.exception("sending_failed", delivery=delivery.pk, channel=delivery.store.channel)
        return Uncertain(reason=f"{type(error).__name__}: {error}"[:500])


def _on_its_way(delivery: Delivery, *, at: datetime) -> OutboundMessage | Refused | Later:
    if delivery.mailbox is not None:
        return letters.prepared(delivery)
    conversation = delivery.message.conversation
    if conversation is not None and has_refused(conversation):
        return Refused(reason=CONSENT_WITHDRAWN)
    if (awake := delivery_may_leave_at(delivery, at=at)) > at:
        return Later(after=awake - at, reason=QUIET_HOURS)
    message = prepared(delivery)
    forbidden = forbidden_in(delivery, message, at=at)
    return Refused(reason=forbidden) if forbidden else through_window(delivery, message, at=at)


def _opened(delivery: Delivery, opened: Opened, *, clock: Callable[[], datetime]) -> StoreAccess:
    """What the reply may leave through, opened once a batch."""
    key = delivery.store_id, delivery.mailbox_id
    if key not in opened:
        mailbox = delivery.mailbox
        opened[key] = (
            access_to(delivery.store, clock=clock)
            if mailbox is None
            else access_by(mailbox, store=delivery.store, clock=clock)
        )
    return opened[key]


def _keep(delivery: Delivery, result: SendResult, *, clock: Callable[[], datetime]) -> None:
    """Keep the outcome, also when the database has just gone away: what is known now is not known again later."""
    for pause in DATABASE_PAUSES:
        try:
            _confirm(delivery, result, at=clock())
        except (OperationalError, InterfaceError) as trouble:
            log.warning("outcome_not_kept_yet", delivery=delivery.pk, trouble=str(trouble), pause=pause)
            connection.close()
            time.sleep(pause)
        else:
            return
    _confirm(delivery, result, at=clock())


@transaction.atomic
def _confirm(delivery: Delivery, result: SendResult, *, at: datetime) -> None:
    """The outcome, and what the platform had told of the answer by then."""
    take_told_before(receipts.confirm(delivery.pk, result, attempt=delivery.attempts, at=at), at=at)


@contextmanager
def _kept_alive(delivery: Delivery, *, clock: Callable[[], datetime]) -> Iterator[None]:
    """Say every now and then that this attempt still runs: a slow server may take ten minutes for its answer."""
    over = Event()
    teller = Thread(target=_tell, args=(delivery, over, clock), name="sending", daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _tell(delivery: Delivery, over: Event, clock: Callable[[], datetime]) -> None:
    told = False
    while not over.wait(ALIVE_EVERY.total_seconds()):
        attempt = DeliveryAttempt.objects.filter(delivery=delivery, number=delivery.attempts, ended_at=None)
        told = True
        with suppress(OperationalError, InterfaceError):  # the next time may do; silence is noticed by others
            attempt.update(alive_at=clock())
    if told:
        connection.close()


# Replies of a store in shadow are held, whenever the switch was thrown. Whoever is there in his chat reads them there,
# but for files, which no page shows.
_NEXT = f"""
    WITH held AS (
        UPDATE outbox_delivery delivery SET state = 'held', next_attempt_at = NULL
        FROM stores_store store
        WHERE delivery.state = 'queued' AND delivery.next_attempt_at <= %(at)s
          AND store.id = delivery.store_id AND store.shadow
    )
    SELECT delivery.id FROM outbox_delivery delivery JOIN stores_store store ON store.id = delivery.store_id
    WHERE delivery.state = 'queued' AND delivery.next_attempt_at <= %(at)s AND NOT store.shadow AND NOT EXISTS (
        SELECT FROM tickets_message message JOIN chats_chat chat ON chat.conversation_id = message.conversation_id
        WHERE message.id = delivery.message_id AND {IS_THERE}
          AND NOT EXISTS (SELECT FROM tickets_attachment file WHERE file.message_id = message.id)
    )
    ORDER BY delivery.next_attempt_at, delivery.id LIMIT 1 FOR UPDATE OF delivery SKIP LOCKED
"""
