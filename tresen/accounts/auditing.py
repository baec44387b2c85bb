"""Who changed what in the set-up, and when. Configuration is ordinary rows; this is its history."""

from collections.abc import Mapping
from datetime import datetime

from tresen.accounts.actors import Actor, ActorKind
from tresen.accounts.models import SetupChange


def record_change(
    subject: str, what: str, *, by: Actor, at: datetime, details: Mapping[str, object] | None = None
) -> None:
    """Keep one change of `subject` ("agent:3"). `details` holds keys and ids: no names, addresses or secrets."""
    SetupChange.objects.create(
        subject=subject,
        what=what,
        details=dict(details or {}),
        by_id=by.id if by.kind is ActorKind.AGENT else None,
        at=at,
    )
