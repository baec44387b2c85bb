"""Files that lie at the platform are brought after their message was kept, each in a step of its own.

A step may be killed anywhere: the file's row is held for a while, then another takes it; bytes, attachment and state
are committed together.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from tresen.batches.copying import Target, append
from tresen.channels.contract import FileBrought, FileNotHad, Stopped
from tresen.channels.files import GONE, LARGEST, TOO_LARGE
from tresen.files.keeping import keep_all
from tresen.files.sniffing import UNKNOWN, kind_of
from tresen.intake.models import FileState, FileToFetch
from tresen.intake.planning import Filing
from tresen.intake.waking import wake
from tresen.live.announcing import announce
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of
from tresen.stores.health import pause_after
from tresen.tickets.models import Attachment
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

HOLD = timedelta(minutes=5)
GIVES_UP_AFTER = 8
"""So many failures in a row; an agent may have it tried again."""
WAKES_FETCHING = "tresen_files"
"""NOTIFY channel: a message came whose files lie at the platform."""
# Only these are believed to be text or office files by the platform's word: a browser saves them, and runs nothing.
_BELIEVED = frozenset({"text/plain", "application/msword"})

type Clock = Callable[[], datetime]


def await_files(filings: Sequence[Filing], *, at: datetime) -> None:
    """From now on these messages' files are wanted, in the caller's transaction."""
    rows = [
        (
            filing.message,
            filing.item.store.id,
            position,
            one.reference[:2000],
            one.name[:255],
            one.content_type[:120],
            one.size,
            at,
        )
        for filing in filings
        for position, one in enumerate(filing.item.files)
    ]
    if rows:
        append(_FILES, rows)
        wake(WAKES_FETCHING)


def fetch_due(at: datetime, *, most: int = 20) -> int:
    """Bring files that are due, the longest waiting first; gives how many came."""
    clock = running_from(at)
    brought = 0
    for _ in range(most):
        wanted = _claim(clock())
        if wanted is None:
            break
        outcome = _outcome(wanted, clock)
        brought += _kept(wanted.pk, outcome, at=clock())
    return brought


@transaction.atomic
def try_again(file_id: int, *, at: datetime) -> None:
    """Have a file that was given up tried once more."""
    given_up = FileToFetch.objects.filter(pk=file_id, state=FileState.GIVEN_UP)
    if given_up.update(state=FileState.WAITS, failures=0, next_at=at):
        wake(WAKES_FETCHING)


def _outcome(wanted: FileToFetch, clock: Clock) -> FileBrought | FileNotHad | Stopped:
    fetch = connector_of(wanted.store).fetch_file
    if fetch is None:
        return FileNotHad(GONE)
    if wanted.size is not None and wanted.size > LARGEST:
        return FileNotHad(TOO_LARGE)
    try:
        outcome = fetch(wanted.reference, access_to(wanted.store, clock=clock))
    except Exception as error:
        log.exception("file_not_fetched", file=wanted.pk)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500])
    too_large = isinstance(outcome, FileBrought) and len(outcome.content) > LARGEST
    return FileNotHad(TOO_LARGE) if too_large else outcome


@transaction.atomic
def _kept(file_id: int, outcome: FileBrought | FileNotHad | Stopped, *, at: datetime) -> bool:
    """Keep what came of it; nothing where somebody else has kept it meanwhile, or it was to be forgotten."""
    wanted = FileToFetch.objects.select_for_update(of=("self",)).filter(pk=file_id, state=FileState.WAITS).first()
    if wanted is None:
        return False
    wanted.held_until = wanted.next_at = None
    match outcome:
        case FileBrought(content=content):
            wanted.attachment, wanted.state, wanted.trouble = _attached(wanted, content, at=at), FileState.BROUGHT, ""
        case FileNotHad(reason=reason):
            wanted.state, wanted.trouble = FileState.NOT_HAD, reason
        case Stopped():
            _put_off(wanted, outcome, at=at)
    wanted.save(update_fields=["attachment", "state", "trouble", "failures", "held_until", "next_at"])
    if wanted.state != FileState.WAITS:
        ticket = wanted.message.ticket
        announce([(ticket.team_id, ticket.store_id, ticket.brand_id)])
    return wanted.state == FileState.BROUGHT


def _attached(wanted: FileToFetch, content: bytes, *, at: datetime) -> Attachment:
    (key,) = keep_all([content], at=at)
    kind = kind_of(content)
    if kind == UNKNOWN and wanted.content_type in _BELIEVED:
        kind = wanted.content_type
    return Attachment.objects.create(
        message_id=wanted.message_id, name=wanted.name, content_type=kind, size=len(content), blob_id=key
    )


def _put_off(wanted: FileToFetch, stopped: Stopped, *, at: datetime) -> None:
    wanted.failures += 0 if stopped.held else 1
    pause = stopped.after if stopped.held else max(stopped.after, pause_after(wanted.failures))
    wanted.trouble = "" if stopped.held else stopped.reason[:1000]
    if wanted.failures < GIVES_UP_AFTER:
        wanted.next_at = at + pause
    else:
        wanted.state = FileState.GIVEN_UP


def _claim(at: datetime) -> FileToFetch | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + HOLD})
        row = cursor.fetchone()
    return FileToFetch.objects.select_related("store").get(pk=row[0]) if row else None


_FILES = Target(
    "intake_filetofetch",
    {
        "message_id": "int8",
        "store_id": "int8",
        "position": "int2",
        "reference": "text",
        "name": "text",
        "content_type": "text",
        "size": "int8",
        "next_at": "timestamptz",
    },
)
_CLAIM = """
    UPDATE intake_filetofetch SET held_until = %(until)s WHERE id = (
        SELECT wanted.id FROM intake_filetofetch wanted
        JOIN stores_store store ON store.id = wanted.store_id AND store.retired_at IS NULL
        JOIN stores_storeconnection connected ON connected.store_id = store.id
        WHERE wanted.next_at <= %(at)s AND (wanted.held_until IS NULL OR wanted.held_until <= %(at)s)
        ORDER BY wanted.next_at, wanted.id LIMIT 1 FOR UPDATE OF wanted SKIP LOCKED
    ) RETURNING id
"""
