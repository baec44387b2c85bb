"""A view's list, ready to be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tresen.routing.queues import PAGE, first_page
from tresen.routing.views import UNDIVIDED, Cursor, View
from tresen.workspace.naming import section_name
from tresen.workspace.queue.chase_words import chase_facts
from tresen.workspace.queue.offered import Offer, Offered, offer
from tresen.workspace.queue.pressing_words import pressing_facts
from tresen.workspace.queue.row_words import row_shown
from tresen.workspace.queue.rows import RowShown
from tresen.workspace.requests import AgentRequest

MOST_KEPT = 200
"""How many rows a browser may ask for at once to bring its list up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`more` is the token of the page behind; `open` the ticket shown beside the list, 0 for none.

    `sections`: by the number of the row that begins it, what the part of the queue is called.
    """

    here: Offered
    offer: Offer
    rows: list[RowShown]
    sections: Mapping[int, str]
    more: str
    open: int = 0


def listing(
    request: AgentRequest, view: View, *, after: str = "", most: int | None = None, open_ticket: int = 0
) -> Listing:
    """The rows of a view from the top, or from behind a cursor's token."""
    behind = Cursor.read(after) if after else None
    page = first_page(view, scope=request.scope, agent_id=request.agent.pk, after=behind, limit=most or PAGE)
    offered = offer(request)
    pressing = pressing_facts(page.rows, request.at)
    chased = chase_facts(page.rows)
    rows = [
        row_shown(row, view=str(view), at=request.at, pressing=pressing.get(row.ticket), chase=chased.get(row.ticket))
        for row in page.rows
    ]
    return Listing(
        here=offered.named(view, at=request.at),
        offer=offered,
        rows=rows,
        sections={} if view.kind in UNDIVIDED else _sections(rows, behind.tier if behind else None),
        more=page.next.token() if page.next else "",
        open=open_ticket,
    )


def _sections(rows: Sequence[RowShown], before: int | None) -> dict[int, str]:
    """The first row of each part of the queue, `before` being the part that an earlier page ended in."""
    begins = {}
    for row in rows:
        if row.queue_tier != before:
            begins[row.number] = section_name(row.queue_tier)
        before = row.queue_tier
    return begins
