"""Platforms' notices about cases, as connectors give them."""

from datetime import datetime, timedelta
from itertools import count

from tests.factories.shops import MONDAY
from tresen.channels.contract import Deadline, NoticeKind, PlatformNotice
from tresen.channels.mailed.case_news import case_news

_numbers = count(1)
ORDER = "302-8812345-1234567"


def a_case_notice(
    kind: NoticeKind = NoticeKind.A_TO_Z_OPENED,
    *,
    order: str = ORDER,
    at: datetime = MONDAY,
    days: int | None = None,
    conditional: bool = False,
    case_id: str = "",
    outcome: str = "",
    problems: tuple[str, ...] = (),
    text: str = "Es geht um einen Antrag.",
    **extra: str,
) -> PlatformNotice:
    """A notice that states `days` from its own time, or none."""
    stated = (
        Deadline(
            stated=f"within {days} days",
            conditional=conditional,
            at=None if conditional else at + timedelta(days=days),
            amount=days,
            unit="calendar_days",
            starts="information_request" if conditional else "mail_date",
        )
        if days
        else None
    )
    return PlatformNotice(
        external_id=f"c{next(_numbers)}@mail.example",
        kind=kind,
        occurred_at=at,
        subject="Mitteilung",
        text=text,
        order_ids=(order,) if order else (),
        deadline=stated,
        case=case_news(kind, external_id=case_id, outcome=outcome),
        problems=problems,
        extra={"amount": "49.90", "currency": "EUR", **extra},
    )
