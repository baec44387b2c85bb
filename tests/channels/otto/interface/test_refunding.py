"""Money for pieces that the buyer keeps, at OTTO: each piece is paid for once."""

from dataclasses import replace
from datetime import timedelta

from tests.channels.asking import OpenAccess
from tests.channels.otto.interface.wanting import NUMBER, money_for, wanted
from tests.factories.sales import AT
from tresen.channels.order_door import Done, NotDone
from tresen.channels.otto.interface.refunding import NO_LINES
from tresen.channels.otto.interface.refunding import REDUCING as REFUND
from tresen.channels.outbound import Refused, Uncertain
from tresen.fakes.otto import FakeOtto
from tresen.fakes.world import World


def test_money_for_a_piece_goes_back_later_and_is_found_there(sent: World, otto: FakeOtto, access: OpenAccess) -> None:
    asked = money_for("l-1-1")
    assert REFUND.look(asked, access) == NotDone()

    done = REFUND.perform(asked, access)

    assert isinstance(done, Done)
    assert done.external_id.startswith("l-1-1@2026-11-30T")
    assert [(one.amount, one.line) for one in sent.sale(NUMBER).refunds] == [(990, "l-1-1")]
    assert REFUND.look(asked, access) == done
    assert REFUND.look(money_for("l-1-2"), access) == NotDone()
    assert [one.amount for one in otto.reductions] == [990]


def test_a_reduction_that_another_action_made_or_that_is_older_is_not_this_one(sent: World, access: OpenAccess) -> None:
    first = REFUND.perform(money_for("l-1-1"), access)
    assert isinstance(first, Done)

    again = replace(money_for("l-1-1"), others=frozenset({first.external_id}))
    assert REFUND.look(again, access) == NotDone()
    assert REFUND.look(replace(money_for("l-1-1"), since=AT + timedelta(minutes=3)), access) == NotDone()
    assert len(sent.sale(NUMBER).refunds) == 1


def test_what_fails_after_another_piece_was_paid_is_left_to_a_person(sent: World, access: OpenAccess) -> None:
    result = REFUND.perform(money_for("l-1-1", "l-1-9"), access)

    assert isinstance(result, Uncertain)
    assert result.reason.startswith("1 of 2")


def test_who_tries_again_pays_only_for_the_pieces_that_are_left(
    sent: World, otto: FakeOtto, access: OpenAccess
) -> None:
    both = money_for("l-1-1", "l-1-2")
    assert isinstance(REFUND.perform(money_for("l-1-1"), access), Done)

    done = REFUND.perform(both, access)

    assert isinstance(done, Done)
    assert [part.partition("@")[0] for part in done.external_id.split(",")] == ["l-1-1", "l-1-2"]
    assert [(one.amount, one.line) for one in sent.sale(NUMBER).refunds] == [(990, "l-1-1"), (990, "l-1-2")]
    ours = replace(money_for("l-1-1"), others=frozenset(done.external_id.split(",")))
    assert isinstance(REFUND.perform(ours, access), Done), "the same sum once more, wanted by itself"
    assert [one.amount for one in otto.reductions] == [990, 990, 990]


def test_money_wants_pieces_that_have_left(sold: World, access: OpenAccess) -> None:
    assert REFUND.perform(wanted(reason="damaged"), access) == Refused(reason=NO_LINES)
    assert isinstance(REFUND.perform(money_for("l-1-1"), access), Refused)
    assert not sold.sale(NUMBER).refunds
