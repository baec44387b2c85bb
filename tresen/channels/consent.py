"""What a person says of being written to at all: it holds for a store until he says the other thing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWord:
    """The person whose key is `person` (`Sender.key`) wants nothing more of this store, or wants it again (`given`)."""

    person: str
    given: bool
    occurred_at: datetime
