"""An open hand-over as it stands above the thread."""

from dataclasses import dataclass

from tresen.accounts.models import LEADING, Agent
from tresen.alerts.handing_over import may_accept
from tresen.alerts.models import HandOver, HandOverState
from tresen.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverShown:
    """An open hand-over as one agent sees it: `mine` to accept, or to withdraw (`may_withdraw`)."""

    giver: str
    receiver: str
    note: str
    offered: HandOver
    mine: bool
    may_withdraw: bool


def hand_over_shown(ticket: Ticket, agent: Agent) -> HandOverShown | None:
    """The open hand-over of a ticket; None where there is none."""
    open_ones = HandOver.objects.filter(ticket=ticket, state=HandOverState.OFFERED)
    made = open_ones.select_related("giver", "to_agent", "to_team").first()
    if made is None:
        return None
    return HandOverShown(
        giver=made.giver.name,
        receiver=made.to_agent.name if made.to_agent else made.to_team.name if made.to_team else "",
        note=made.note,
        offered=made,
        mine=may_accept(made, agent.pk),
        may_withdraw=made.giver_id == agent.pk or agent.role in LEADING,
    )
