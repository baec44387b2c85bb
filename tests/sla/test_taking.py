"""Which tickets come to a policy and leave it."""

from tresen.sla.taking import Taken, taken

FIRST, SECOND = 1, 2


def test_what_moves_leaves_one_policy_and_comes_to_another() -> None:
    before = [(7, FIRST), (8, FIRST), (9, None)]
    after = [(7, SECOND), (8, FIRST), (9, SECOND)]
    assert taken(before, after) == {FIRST: Taken(leave=1), SECOND: Taken(come=2)}


def test_a_ticket_that_another_conversation_keeps_with_a_policy_does_not_leave_it() -> None:
    assert taken([(7, FIRST), (7, FIRST)], [(7, FIRST), (7, SECOND)]) == {SECOND: Taken(come=1)}


def test_where_nothing_moves_nothing_is_said() -> None:
    assert taken([(7, FIRST)], [(7, FIRST)]) == {}
