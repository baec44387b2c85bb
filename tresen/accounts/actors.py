"""Who did something: an agent, the machine, the buyer, or a partner we asked."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of someone."""

    AGENT = "agent"
    SYSTEM = "system"
    BUYER = "buyer"
    CHANNEL = "channel"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Actor:
    """Stands in the ledger; `id` is the agent's or the identity's, none for the machine."""

    kind: ActorKind
    id: int | None = None

    @classmethod
    def agent(cls, agent_id: int) -> "Actor":
        """The agent with this id."""
        return cls(ActorKind.AGENT, agent_id)


SYSTEM = Actor(ActorKind.SYSTEM)
BUYER = Actor(ActorKind.BUYER)
CHANNEL = Actor(ActorKind.CHANNEL)
PARTNER = Actor(ActorKind.PARTNER)
