"""How much money each role may give back at once; above that somebody else must agree."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent, Role
from tresen.actions.models import MoneyLimit
from tresen.channels.money import minor_units

USUAL: Mapping[str, Decimal | None] = {Role.AGENT: Decimal(50), Role.LEAD: Decimal(500), Role.ADMIN: None}
"""Until an admin says otherwise."""


def limits() -> dict[str, Decimal | None]:
    """The most for each role, in whole units of an order's currency; None: no limit."""
    return {**USUAL, **dict(MoneyLimit.objects.values_list("role", "most"))}


def may_give_back(agent: Agent, amount: int, currency: str) -> bool:
    """Whether the agent's role may give back so much, in minor units, without anybody else."""
    most = limits()[agent.role]
    return most is None or amount <= minor_units(most, currency)


@transaction.atomic
def set_limits(limits_: Mapping[str, Decimal | None], *, by: Actor, at: datetime) -> None:
    """From now on these are the most. Raises ValueError for one below nothing."""
    for role, most in limits_.items():
        if most is not None and most < 0:
            raise ValueError(f"{most} is below nothing.")
        MoneyLimit.objects.update_or_create(role=Role(role), defaults={"most": most})
    told = {role: str(most) if most is not None else "" for role, most in limits_.items()}
    record_change("money_limits", "changed", by=by, at=at, details=told)
