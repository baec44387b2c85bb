"""A row of the list: who wrote what, how old it is, until when it must be marked, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.channels.contract import Look
from tresen.duties.marking import Left
from tresen.duties.models import Unmarked
from tresen.duties.unmarked import NEVER
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.workspace.clocks import Face, face
from tresen.workspace.dates import day_and_time
from tresen.workspace.ticket.offers import MARK

SOON = 4
"""Hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanShown:
    """How many limits pass in a span that begins where the one before it ends."""

    words: str
    soon: bool


def spans_shown(left: Left) -> list[SpanShown]:
    """Each message in one span."""
    found: list[SpanShown] = []
    since, before = 0, 0
    for hours, count in left.within.items():
        if count == before:
            continue
        said = {"count": count - before, "since": since, "hours": hours}
        words = _("%(count)s in %(since)s to %(hours)s h") if since else _("%(count)s within %(hours)s h")
        found.append(SpanShown(words=words % said, soon=hours <= SOON))
        since, before = hours, count
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One message to be marked. `face` is None where every limit has passed."""

    message: int
    ticket: int
    subject: str
    who: str
    words: str
    came: str
    look: Look
    channel: str
    address: str
    face: Face | None
    when: str


def rows_shown(rows: Sequence[Unmarked], *, at: datetime) -> list[RowShown]:
    """The rows in the reader's language and zone."""
    return [_shown(row, at) for row in rows]


def _shown(row: Unmarked, at: datetime) -> RowShown:
    message, store = row.message, row.ticket.store
    due = None if row.mark_by == NEVER else row.mark_by
    address = next((str(link["url"]) for link in message.links if link.get("kind") == MARK), "")
    return RowShown(
        message=message.pk,
        ticket=row.ticket_id,
        subject=row.ticket.subject,
        who=message.identity.name if message.identity else "",
        words=" ".join(message.text[:200].split())[:140],
        came=day_and_time(message.occurred_at, at),
        look=connector_of(store).look,
        channel=f"{channel_title(store)} · {store.name}",
        address=address if address.startswith("https://") else "",
        face=face(due=due, started_at=message.occurred_at, at=at) if due else None,
        when=day_and_time(due, at) if due else "",
    )
