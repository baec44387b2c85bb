"""What a person should look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Something a person should look at. `tone` is a banner's."""

    tone: str
    icon: str
    text: str
    route: str
    number: int | None
    action: str
