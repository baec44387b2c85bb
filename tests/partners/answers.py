"""What a partner answers behind the link, taken by the operation itself."""

from datetime import datetime
from uuid import uuid4

from tresen.partners.answering import take_answer
from tresen.partners.models import Question
from tresen.tickets import ledger
from tresen.tickets.models import Message
from tresen.tickets.questions import QuestionNow, questions_in


def answers(question: Question, text: str, *, at: datetime) -> Message:
    return take_answer(question.pk, text=text, submission=uuid4(), at=at)


def standing(question: Question) -> QuestionNow:
    return questions_in(ledger.history_of([question.ticket_id])[question.ticket_id])[question.pk]
