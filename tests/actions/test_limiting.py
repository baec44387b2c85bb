"""How much each role may give back alone, by currency."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.factories.acting import a_refund, asked, somebody
from tests.factories.sales import AT
from tests.factories.shops import an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Role
from tresen.actions.limiting import changes, limits, may_give_back, most_alone, set_limits
from tresen.actions.models import ActionState
from tresen.orders.models import Order
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
OF_ALL: Mapping[tuple[str, str], Decimal | None] = {
    ("agent", ""): Decimal(5),
    ("lead", ""): Decimal(0),
    ("admin", ""): None,
}


def test_an_admin_says_what_each_role_may_give_back(ticket: Ticket, order: Order) -> None:
    set_limits(OF_ALL, by=SYSTEM, at=AT)

    assert limits() == OF_ALL
    assert asked(ticket, order, by=somebody()).state == ActionState.ASKED
    assert asked(ticket, order, by=somebody(Role.LEAD)).state == ActionState.ASKED


def test_a_currency_has_limits_of_its_own_and_all_others_share_theirs() -> None:
    set_limits({**OF_ALL, ("agent", "SEK"): Decimal(500), ("lead", "SEK"): None}, by=SYSTEM, at=AT)

    assert [most_alone("agent", currency) for currency in ("SEK", "EUR", "JPY")] == [500, 5, 5]
    assert most_alone("lead", "SEK") is None
    agent = an_agent(role=Role.AGENT)
    assert may_give_back(agent, 50_000, "SEK")
    assert not may_give_back(agent, 50_001, "SEK")
    assert may_give_back(agent, 5, "JPY")
    assert not may_give_back(agent, 6, "JPY")


def test_a_currency_above_its_limit_asks_for_somebody_else(ticket: Ticket, order: Order) -> None:
    set_limits({**OF_ALL, ("agent", "EUR"): Decimal("9.89")}, by=SYSTEM, at=AT)
    assert asked(ticket, order, a_refund(order, 990)).state == ActionState.ASKED


def test_without_a_row_of_its_own_a_currency_follows_the_others_again() -> None:
    set_limits({**OF_ALL, ("agent", "SEK"): Decimal(500)}, by=SYSTEM, at=AT)
    set_limits(OF_ALL, by=SYSTEM, at=AT)
    assert most_alone("agent", "SEK") == 5


def test_who_changed_what_is_kept_and_what_stayed_is_not_told() -> None:
    admin = an_agent(role=Role.ADMIN, name="Miriam Roth")
    by = Actor.agent(admin.pk)
    assert set_limits({**OF_ALL, ("agent", "SEK"): Decimal("500.50")}, by=by, at=AT)
    assert not set_limits({**OF_ALL, ("agent", "SEK"): Decimal("500.5")}, by=by, at=AT)

    kept = [(one.by, one.at, one.role, one.currency, one.before, one.after) for one in changes(9)]
    assert kept == [
        (admin, AT, "agent", "", "50", "5"),
        (admin, AT, "agent", "SEK", None, "500.5"),
        (admin, AT, "lead", "", "500", "0"),
    ]


def test_nothing_is_below_nothing() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        set_limits({("agent", ""): Decimal(-1)}, by=SYSTEM, at=AT)
    assert limits()["agent", ""] == 50
