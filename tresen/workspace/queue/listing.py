"""A view's list, ready to be drawn."""

from dataclasses import dataclass

from tresen.routing.queues import PAGE, first_page
from tresen.routing.views import Cursor, View
from tresen.workspace.queue.offered import Offer, Offered, offer
from tresen.workspace.queue.row_words import row_shown
from tresen.workspace.queue.rows import RowShown
from tresen.workspace.requests import AgentRequest

MOST_KEPT = 200
"""How many rows a browser may ask for at once to bring its list up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`more` is the token of the page behind; `open` the ticket shown beside the list, 0 for none."""

    here: Offered
    offer: Offer
    rows: list[RowShown]
    more: str
    open: int = 0


def listing(
    request: AgentRequest, view: View, *, after: str = "", most: int | None = None, open_ticket: int = 0
) -> Listing:
    """The rows of a view from the top, or from behind a cursor's token."""
    page = first_page(
        view,
        scope=request.scope,
        agent_id=request.agent.pk,
        after=Cursor.read(after) if after else None,
        limit=most or PAGE,
    )
    offered = offer(request)
    return Listing(
        here=offered.named(view),
        offer=offered,
        rows=[row_shown(row, view=str(view), at=request.at) for row in page.rows],
        more=page.next.token() if page.next else "",
        open=open_ticket,
    )
