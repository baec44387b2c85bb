"""What lies on an agent's desk: tickets of buyers who ask, as the journeys need them."""

from datetime import UTC, datetime, timedelta

from tests.factories.messages import a_message, filed
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

HOUR = timedelta(hours=1)


def moment() -> datetime:
    """Now, to the second: the browser's clock is the real one."""
    return datetime.now(UTC).replace(microsecond=0)


def asks(store: Store, subject: str, *, hours_ago: float = 3, **message: str) -> Ticket:
    """A buyer of their own for each subject writes to the store."""
    sender = f"{abs(hash(subject)):x}@marketplace.amazon.de"
    filed(store, a_message(subject=subject, sender=sender, at=moment() - HOUR * hours_ago, **message))
    return Ticket.objects.latest("pk")
