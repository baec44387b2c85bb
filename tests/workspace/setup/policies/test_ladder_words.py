"""Ladders in words."""

from tresen.sla.ladders import Moment, Reassign, Rung, Step
from tresen.workspace.setup.policies.ladder_words import ladder_in_words


def test_each_step_says_when_whom_it_tells_and_what_else_it_does():
    steps = (
        Step(when=Moment.WARNING, notify=(Rung.ASSIGNEE, Rung.LEAD)),
        Step(when=Moment.BREACHED, minutes=240, notify=(Rung.ON_CALL,), reassign=Reassign.LEAD, tier=1, team=7),
    )
    assert ladder_in_words(steps, teams={7: "Claims"}) == (
        "At a warning: who answers for it, the team’s leads",
        (
            "When the limit is missed + 4 h: who is on call, and the on-call address · The ticket goes to the lead · "
            "The risk tier rises to 1 · The team: Claims"
        ),
    )


def test_a_policy_without_a_ladder_of_its_own_has_the_standard_one():
    assert len(ladder_in_words(None, teams={})) == 5
    assert ladder_in_words((), teams={}) == ()
