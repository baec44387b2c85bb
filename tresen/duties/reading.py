"""A notice that nobody understood is read by a person: then it leaves the list."""

from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.duties.models import UnknownNotice
from tresen.tickets.queries import visible


def read_notice(message_id: int, *, scope: Scope, agent_id: int, at: datetime) -> bool:
    """Note who has read it; False where somebody has already, or where it is not this scope's."""
    shown = UnknownNotice.objects.filter(message=message_id, read_at=None, ticket__in=visible(scope))
    return shown.update(read_at=at, read_by=agent_id) > 0


def unread_again(message_id: int, *, scope: Scope) -> None:
    """Put it back where people see it."""
    UnknownNotice.objects.filter(message=message_id, ticket__in=visible(scope)).update(read_at=None, read_by=None)
