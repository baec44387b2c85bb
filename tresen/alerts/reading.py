"""Notices that an agent has read. Reading one twice changes nothing."""

from datetime import datetime

from tresen.sla.models import Notice


def read_one(notice_id: int, *, agent_id: int, at: datetime) -> None:
    """This agent has read this notice of theirs; somebody else's is left alone."""
    Notice.objects.filter(pk=notice_id, recipient=agent_id, read_at=None).update(read_at=at)


def read_all(*, agent_id: int, up_to: datetime, at: datetime) -> int:
    """All that was shown to this agent `up_to` then is read; gives how many that were. What came later stays unread."""
    shown = Notice.objects.filter(recipient=agent_id, read_at=None, shown_from__lte=up_to)
    return shown.update(read_at=at)


def read_about(ticket_id: int, *, agent_id: int, at: datetime) -> int:
    """This agent looks at the ticket itself: what was shown to them about it is read."""
    shown = Notice.objects.filter(recipient=agent_id, ticket=ticket_id, read_at=None, shown_from__lte=at)
    return shown.update(read_at=at)
