"""What a platform answered, for people."""

import pytest

from tests.factories.acting import asked
from tests.factories.sales import AT
from tresen.actions.models import Action, ActionState
from tresen.workspace.ticket.orders.answer_words import answer_shown

LONG = '400 {"errors": [{"errorId": 33, "longMessage": "Not while a \\"return\\" is open."}]}'


@pytest.mark.parametrize(
    ("answer", "sentence", "details"),
    [
        (LONG, 'Mirakl did not do it: Not while a "return" is open.', LONG),
        ("At most 80 can go back.", "Mirakl did not do it: At most 80 can go back.", ""),
        ("The platform does not offer this any more.", "did not do it: The platform does not offer this", ""),
        ("502 <html>Bad gateway</html>", "Mirakl did not do it.", "502 <html>Bad gateway</html>"),
        ("", "Mirakl did not do it.", ""),
    ],
)
def test_what_is_refused_says_why_as_far_as_it_can_be_read(ticket, order, answer, sentence, details):
    told = answer_shown(refused(ticket, order, answer), at=AT)

    assert sentence in told.sentence
    assert told.details == details


def refused(ticket, order, answer: str) -> Action:
    action = asked(ticket, order)
    action.state, action.answer = ActionState.REFUSED, answer
    return action


def test_what_is_tried_again_says_when(ticket, order):
    action = asked(ticket, order)
    action.attempts, action.answer = 1, "503 Busy"

    told = answer_shown(action, at=AT)

    assert told.sentence.startswith("It did not work yet. It is tried again: ")
    assert told.details == "503 Busy"
