"""The platforms know the story that the mails tell."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tresen.channels.order_news import ReturnState
from tresen.fakes.ebay.post_order import Requested
from tresen.fakes.sales import By, Sale
from tresen.local.demo.platforms.sales import DECIDED_AFTER
from tresen.local.demo.platforms.talks import inbound_numbers
from tresen.local.demo.platforms.worlds import CLOSED, OPEN, Told, decide, told_to_platforms
from tresen.local.demo.tale.happenings import Answered, AnsweredThere, Noticed, Outcome, Wrote
from tresen.local.demo.tale.notices import request_number
from tresen.local.demo.tale.stores import PLATFORMS
from tresen.local.demo.tale.story import Story, story

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def made() -> Story:
    return story(seed=5, now=NOW, tickets=500)


@pytest.fixture(scope="module")
def told(made: Story) -> Mapping[str, Told]:
    return told_to_platforms(made, now=NOW)


def _sales(told: Mapping[str, Told]) -> list[Sale]:
    return [sale for one in told.values() for sale in one.sales]


def test_every_order_of_the_story_is_known_at_one_platform(made: Story, told: Mapping[str, Told]) -> None:
    assert set(told) == {plan.key for plan in PLATFORMS}
    assert sorted(sale.number for sale in _sales(told)) == sorted(order.number for order in made.orders)
    totals = {order.number: order.total for order in made.orders}
    assert all(sale.total == totals[sale.number] for sale in _sales(told))


def test_what_was_written_in_an_inbox_is_there_and_what_never_arrived_is_not(
    made: Story, told: Mapping[str, Told]
) -> None:
    for key in ("ebay_de", "market"):
        letters = [letter for talk in told[key].talks for letter in talk.letters]
        happened = [one for plot in made.plots if plot.thread.store.key == key for one in plot.happenings]
        arrived = [one for one in happened if isinstance(one, Answered) and one.outcome is Outcome.SENT]
        there = [one for one in happened if isinstance(one, AnsweredThere)]
        assert sum(one.by is By.BUYER for one in letters) == sum(isinstance(one, Wrote) for one in happened)
        assert sum(one.by is By.SELLER for one in letters) == len(arrived) + len(there)
        assert there
        assert len({letter.id for letter in letters}) == len(letters)


def test_no_id_is_met_twice_at_a_platform(told: Mapping[str, Told]) -> None:
    for one in told.values():
        for ids in (
            [sale.id for sale in one.sales],
            [line.id for sale in one.sales for line in sale.lines],
            [parcel.id for sale in one.sales for parcel in sale.parcels],
            [back.id for sale in one.sales for back in sale.returns],
            [talk.id for talk in one.talks],
        ):
            assert len(set(ids)) == len(ids)


def test_orders_stand_in_every_state_that_an_agent_can_act_on(told: Mapping[str, Told]) -> None:
    sales = _sales(told)
    assert any(sale.cancel_asked_at and not sale.cancelled_at for sale in sales)
    assert any(sale.cancelled_at for sale in sales)
    assert any(not sale.parcels and not sale.cancel_asked_at for sale in sales)
    states = {back.state for sale in sales for back in sale.returns}
    assert states >= {ReturnState.REQUESTED, ReturnState.AUTHORISED, ReturnState.REFUNDED}
    assert all(sale.refunded <= sale.total for sale in sales)


def test_every_return_that_ebays_mails_tell_of_is_known_at_ebay_by_their_number(
    made: Story, told: Mapping[str, Told]
) -> None:
    known = {(sale.number, back.id) for sale in told["ebay_de"].sales for back in sale.returns}
    shipped = {sale.number for sale in told["ebay_de"].sales if sale.parcels}
    named = [
        (plot.thread.order.number, str(request_number(plot.thread, number)))
        for plot in made.plots
        if plot.thread.order and plot.thread.store.key == "ebay_de"
        for number, happening in inbound_numbers(plot)
        if isinstance(happening, Noticed) and happening.kind == "return_requested"
    ]
    assert any(number in shipped for number, _id in named)
    assert {one for one in named if one[0] in shipped} <= known


def test_a_return_that_ebays_mail_asked_about_waits_until_ebay_decides_itself(
    made: Story, told: Mapping[str, Told]
) -> None:
    backs = {back.id: back for sale in told["ebay_de"].sales for back in sale.returns}
    asked = [
        (backs[key], happening.at)
        for plot in made.plots
        if plot.thread.order and plot.thread.store.key == "ebay_de"
        for number, happening in inbound_numbers(plot)
        if isinstance(happening, Noticed) and happening.kind == "return_requested"
        if (key := str(request_number(plot.thread, number))) in backs
    ]
    assert asked
    for back, at in asked:
        waits = at + DECIDED_AFTER > NOW
        assert back.state is not (ReturnState.AUTHORISED if waits else ReturnState.REQUESTED), (back, at)


def test_nothing_has_happened_that_lies_ahead(told: Mapping[str, Told]) -> None:
    for sale in _sales(told):
        times = [sale.ordered_at, sale.changed_at, sale.cancelled_at, sale.cancel_asked_at]
        times += [one.shipped_at for one in sale.parcels] + [one.delivered_at for one in sale.parcels]
        times += [one.at for one in sale.refunds] + [one.changed_at for one in sale.returns]
        assert max(at for at in times if at) <= NOW


def test_the_same_story_is_told_the_same_again(made: Story, told: Mapping[str, Told]) -> None:
    assert told_to_platforms(story(seed=5, now=NOW, tickets=500), now=NOW) == told


def test_a_request_is_decided_at_its_time() -> None:
    old, fresh = (
        Requested(id=number, sale="1", status=OPEN, opened_at=at, changed_at=at)
        for number, at in enumerate((NOW - timedelta(days=3), NOW - timedelta(hours=1)))
    )
    assert decide([old, fresh], now=NOW) == [old]
    assert (old.status, old.changed_at) == (CLOSED, NOW - timedelta(days=3) + timedelta(hours=40))
    assert fresh.status == OPEN
    assert decide([old, fresh], now=NOW) == []
