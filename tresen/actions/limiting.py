"""How much money each role may give back alone; above that somebody else must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent, Role, SetupChange
from tresen.actions.models import MoneyLimit
from tresen.channels.money import minor_units

ANY_OTHER = ""
"""Stands for every currency that has no limits of its own."""
USUAL: Mapping[str, Decimal | None] = {Role.AGENT: Decimal(50), Role.LEAD: Decimal(500), Role.ADMIN: None}
"""In any currency, until an admin says otherwise."""
SUBJECT = "money_limits"

type Limits = Mapping[tuple[str, str], Decimal | None]
"""By role and currency, in the currency's whole units; None: no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """One limit that somebody changed: from a sum, from "" for no limit, or from None for as in other currencies."""

    at: datetime
    by: Agent | None
    role: str
    currency: str
    before: str | None
    after: str | None


def limits() -> dict[tuple[str, str], Decimal | None]:
    """What was set, and what is usual where nothing was."""
    usual = {(str(role), ANY_OTHER): most for role, most in USUAL.items()}
    return {**usual, **{(one.role, one.currency): one.most for one in MoneyLimit.objects.all()}}


def most_alone(role: str, currency: str) -> Decimal | None:
    """The most that somebody of the role may give back alone, in whole units of the currency; None: no limit."""
    known = limits()
    return known[role, currency if (role, currency) in known else ANY_OTHER]


def may_give_back(agent: Agent, amount: int, currency: str) -> bool:
    """Whether the agent's role may give back so much, in minor units, without anybody else."""
    return fits(amount, currency, most_alone(agent.role, currency))


def fits(amount: int, currency: str, most: Decimal | None) -> bool:
    """Whether a sum in minor units is within a limit in whole units."""
    return most is None or amount <= minor_units(most, currency)


@transaction.atomic
def set_limits(wanted: Limits, *, by: Actor, at: datetime) -> bool:
    """From now on these and no others count; gives whether this is new. Raises ValueError for one below nothing."""
    for most in wanted.values():
        if most is not None and most < 0:
            raise ValueError(f"{most} is below nothing.")
    before = limits()
    _keep(wanted)
    after = limits()
    changed = []
    for role, currency in sorted({*before, *after}):
        was, becomes = _told(before, role, currency), _told(after, role, currency)
        if was != becomes:
            changed.append({"role": role, "currency": currency, "before": was, "after": becomes})
    if changed:
        record_change(SUBJECT, "changed", by=by, at=at, details={"changes": changed})
    return bool(changed)


def changes(most: int) -> Sequence[LimitChange]:
    """The latest changes of limits, the newest first; at most so many times that somebody changed some."""
    recorded = SetupChange.objects.filter(subject=SUBJECT).select_related("by").order_by("-at", "-pk")[:most]
    return [LimitChange(at=one.at, by=one.by, **each) for one in recorded for each in one.details["changes"]]


def _keep(wanted: Limits) -> None:
    rows = [MoneyLimit(role=Role(role), currency=currency, most=most) for (role, currency), most in wanted.items()]
    MoneyLimit.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["role", "currency"], update_fields=["most"]
    )
    kept = {(row.role, row.currency) for row in rows}
    left = [one.pk for one in MoneyLimit.objects.all() if (one.role, one.currency) not in kept]
    MoneyLimit.objects.filter(pk__in=left).delete()


def _told(known: Limits, role: str, currency: str) -> str | None:
    if (role, currency) not in known:
        return None
    most = known[role, currency]
    return "" if most is None else f"{most.normalize():f}"
