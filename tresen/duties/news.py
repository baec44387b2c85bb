"""What a notice's message says of a case, as its facts keep it from filing on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.inbound import Deadline
from tresen.channels.money import minor_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that one message told of one case. `due` is the platform's own date, where the mail names one."""

    message: int
    ticket: int
    store: int
    brand: int
    at: datetime
    step: CaseStep
    kind: CaseKind | None
    external_id: str
    order_number: str
    outcome: str
    due: datetime | None
    stated: str
    conditional: bool
    amount: int | None
    currency: str


def case_facts(news: CaseNews | None, deadline: Deadline | None, *, order: str, at: datetime) -> dict[str, str]:
    """What filing keeps in the message's facts; empty where the notice says nothing of a case."""
    if news is None:
        return {}
    due = due_of(deadline, asked=news.step is CaseStep.ASKED, at=at) if deadline else None
    found = {
        "case_step": news.step.value,
        "case_kind": news.kind.value if news.kind else "",
        "case_id": news.external_id,
        "case_outcome": news.outcome,
        "case_order": order,
        "case_due": due.isoformat() if due else "",
        "case_conditional": "yes" if deadline and deadline.conditional else "",
    }
    return {name: value for name, value in found.items() if value}


def due_of(deadline: Deadline, *, asked: bool, at: datetime) -> datetime | None:
    """The instant a stated deadline means: None for one that begins only with a later request.

    A day without an hour is taken at its beginning in UTC: earlier than it may be meant, never later.
    """
    if deadline.at is not None:
        return deadline.at
    if deadline.on is not None:
        return datetime.combine(deadline.on, time(0), tzinfo=UTC)
    if deadline.amount is None or (deadline.conditional and not asked):
        return None
    if deadline.unit == "hours":
        return at + timedelta(hours=deadline.amount)
    return at + timedelta(days=deadline.amount) if deadline.unit == "calendar_days" else None


def told_by(
    facts: Mapping[str, str], *, message: int, ticket: int, store: int, brand: int, at: datetime
) -> Told | None:
    """What these facts of a message say of a case; None where they say nothing of any."""
    if "case_step" not in facts:
        return None
    kind = facts.get("case_kind", "")
    due = facts.get("case_due", "")
    currency = facts.get("currency", "")[:3]
    return Told(
        message=message,
        ticket=ticket,
        store=store,
        brand=brand,
        at=at,
        step=CaseStep(facts["case_step"]),
        kind=CaseKind(kind) if kind else None,
        external_id=facts.get("case_id", ""),
        order_number=facts.get("case_order", ""),
        outcome=facts.get("case_outcome", ""),
        due=datetime.fromisoformat(due) if due else None,
        stated=facts.get("deadline", "")[:200],
        conditional="case_conditional" in facts,
        amount=_sum(facts.get("amount", ""), currency),
        currency=currency,
    )


def _sum(amount: str, currency: str) -> int | None:
    """What a claim is about, in minor units; None where the facts tell no sum."""
    try:
        found = minor_units(amount, currency)
    except ValueError:
        return None
    return found if found >= 0 else None
