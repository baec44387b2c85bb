"""What a platform says of an answer of ours after it has taken it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """How far an answer has come. `FAILED`: it will not arrive, whatever was said before."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer whose id at the platform is `external_id` came as far as `stage`. `reason`: why it failed."""

    external_id: str
    stage: Stage
    occurred_at: datetime
    reason: str = ""
