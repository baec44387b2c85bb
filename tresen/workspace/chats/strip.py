"""What of chats stands on every screen: what the agent is offered, what they have, and whether they take any."""

from collections.abc import Sequence
from dataclasses import dataclass

from tresen.chats.desks import Desk, desk_of
from tresen.chats.queries import LiveChat, held_by, missed_lately
from tresen.workspace.requests import AgentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatStrip:
    """`missed`: an offer went by, and nothing more is offered until they say that they are there."""

    desk: Desk
    offered: Sequence[LiveChat]
    taken: Sequence[LiveChat]
    missed: bool

    @property
    def is_empty(self) -> bool:
        """Nothing to show: they take no chats and have none."""
        return not (self.desk.available or self.offered or self.taken or self.missed)


def chat_strip(request: AgentRequest) -> ChatStrip:
    """The strip of this agent."""
    desk = desk_of(request.agent.pk)
    held = held_by(request.agent.pk) if desk.held else ()
    return ChatStrip(
        desk=desk,
        offered=[chat for chat in held if not chat.taken],
        taken=[chat for chat in held if chat.taken],
        missed=not desk.available and missed_lately(request.agent.pk, at=request.at),
    )
