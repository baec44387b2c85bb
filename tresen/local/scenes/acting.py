"""What a simulated agent does with a ticket: always by the operations that the screens call."""

from datetime import datetime, timedelta

from tresen.accounts.actors import Actor
from tresen.channels.contract import Sent
from tresen.duties.cases import answer_case
from tresen.duties.queries import cases_on
from tresen.orders.models import CaseState
from tresen.outbox import receipts
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.replies.answering import Then, answer
from tresen.replies.finishing import solve
from tresen.routing.leasing import release
from tresen.sla.keeping import kept_of
from tresen.tickets import waiting
from tresen.tickets.models import Direction, Message, WaitingOn

TEXT = "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Wir haben es geprüft und kümmern uns darum.\n\nIhr Tannlicht-Team"
LEAVES_AFTER = UNDO_WINDOW + timedelta(seconds=2)


def finish(ticket: int, *, by: Actor, at: datetime) -> None:
    """Answer all that is owed in the ticket, in its cases and to buyers, and be done with it."""
    for case in cases_on(ticket):
        if case.state == CaseState.OPEN:
            answer_case(ticket, case.pk, by=by, at=at)
    conversations = sorted({one.conversation for one in kept_of([ticket], at=at)[ticket].state.owed})
    for conversation in conversations:
        then = Then.SOLVE if conversation == conversations[-1] else Then.KEEP_OPEN
        _answer(ticket, conversation, then=then, by=by, at=at)
    if not conversations:
        solve(ticket, by=by, at=at)
    assert by.id is not None  # an agent always has one
    release(ticket, agent_id=by.id)


def ask_the_carrier(ticket: int, *, until: datetime, by: Actor, at: datetime) -> None:
    """Nothing can be said before the carrier's proof is there: the ticket rests until then."""
    waiting.wait(ticket, on=WaitingOn.THIRD_PARTY, until=until, by=by, at=at)
    assert by.id is not None  # an agent always has one
    release(ticket, agent_id=by.id)


def _answer(ticket: int, conversation: int, *, then: Then, by: Actor, at: datetime) -> None:
    newest = Message.objects.filter(conversation=conversation, direction=Direction.IN).latest("pk")
    reply = answer(ticket, conversation_id=conversation, text=TEXT, answers_up_to=newest.pk, then=then, by=by, at=at)
    left = at + LEAVES_AFTER
    Delivery.objects.filter(message=reply).update(state=DeliveryState.SENDING, attempts=1, next_attempt_at=None)
    DeliveryAttempt.objects.create(delivery=reply.delivery, number=1, started_at=left, alive_at=left)
    taken = Sent(external_id=f"scene-{reply.pk}", at=left, answer="250 2.0.0 Ok")
    receipts.confirm(reply.delivery.pk, taken, attempt=1, at=left)
