"""What agents do in the story, by the operations that the screens call."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from tresen.accounts.actors import Actor
from tresen.channels.contract import Refused, SendResult, Sent, Uncertain
from tresen.local.demo.platforms.talks import number_there
from tresen.local.demo.tale.happenings import (
    After,
    Answered,
    Assigned,
    Done,
    Noted,
    Outcome,
    Plot,
    Snoozed,
    Solved,
    Tagged,
    Waited,
    Waived,
)
from tresen.outbox import receipts
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.replies.answering import Then, answer
from tresen.tickets import assigning, noting, snoozing, solving, tagging, waiting, waiving
from tresen.tickets.events import Key
from tresen.tickets.models import Ticket, WaitingOn
from tresen.tickets.solving import SETTLED


@dataclass(slots=True, kw_only=True)
class Course:
    """How far a plot has been told, and where it stands in the database.

    `newest` is the buyer's newest message, `answered` the Message-ID of our newest answer, `payloads` how many came in.
    """

    plot: Plot
    told: int = 0
    ticket: int = 0
    conversation: int = 0
    newest: int = 0
    answered: str = ""
    payloads: int = 0


def act(course: Course, done: Done, *, by: Actor) -> None:
    """Do what the story says, when it says so."""
    ticket, at = course.ticket, done.at
    if isinstance(done, Assigned | Snoozed | Waited) and _settled(ticket):
        return  # another matter of the same buyer came to the same ticket, and somebody is done with both
    match done:
        case Answered():
            _answer(course, done, by=by)
        case Waived():
            _waive(course, done, by=by)
        case Snoozed():
            snoozing.snooze(ticket, until=done.until, by=by, at=at)
        case Waited():
            waiting.wait(ticket, on=WaitingOn.THIRD_PARTY, until=done.until, by=by, at=at)
        case Noted():
            noting.add_note(ticket, text=done.text, by=by, at=at)
        case Tagged():
            tagging.tag(ticket, name=done.name, by=by, at=at)
        case Assigned():
            assigning.assign(ticket, assignee_id=by.id, by=by, at=at)
        case Solved():
            solving.solve(ticket, by=by, at=at)


def _settled(ticket: int) -> bool:
    return Ticket.objects.filter(pk=ticket, status__in=SETTLED).exists()


def _answer(course: Course, answered: Answered, *, by: Actor) -> None:
    solves = answered.after is After.SOLVE
    reply = answer(
        course.ticket,
        conversation_id=course.conversation,
        text=answered.text,
        answers_up_to=course.newest,
        by=by,
        at=answered.at,
        then=Then.KEEP_OPEN if solves else Then(answered.after.value),
    )
    if solves:  # by itself: with the answer, the queue is asked whether more is owed, and it follows only later
        solving.solve(course.ticket, by=by, at=answered.at, resolution=Key("answered"))
    course.answered = reply.external_id
    left = answered.at + UNDO_WINDOW + timedelta(seconds=2)
    delivery = _attempted(reply.delivery, at=left)
    by_interface = course.plot.thread.store.has_inbox
    number = number_there(course.plot, answered) if by_interface else reply.external_id
    result = _result(answered.outcome, number, at=left, by_interface=by_interface)
    receipts.confirm(delivery.pk, result, attempt=1, at=left)


def _attempted(delivery: Delivery, *, at: datetime) -> Delivery:
    """The attempt, as the outbox keeps it before it sends."""
    delivery.state, delivery.attempts, delivery.next_attempt_at = DeliveryState.SENDING, 1, None
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    DeliveryAttempt.objects.create(delivery=delivery, number=1, started_at=at, alive_at=at)
    return delivery


def _result(outcome: Outcome, message_id: str, *, at: datetime, by_interface: bool) -> SendResult:
    match outcome:
        case Outcome.SENT if by_interface:
            return Sent(external_id=message_id, at=at)
        case Outcome.REFUSED if by_interface:
            return Refused(reason="400 The conversation is closed: the buyer takes no more messages about it.")
        case Outcome.SENT:
            queue_id = sha256(message_id.encode()).hexdigest()[:10].upper()
            return Sent(external_id=queue_id, at=at, answer=f"250 2.0.0 Ok: queued as {queue_id}", provisional=True)
        case Outcome.REFUSED:
            return Refused(reason="550 5.7.1 Message rejected: the recipient's mailbox is not accepting mail")
        case Outcome.UNCERTAIN:
            return Uncertain(reason="The connection was lost after the message had been handed over.")


def _waive(course: Course, waived: Waived, *, by: Actor) -> None:
    waiving.waive(
        course.ticket,
        conversation_id=course.conversation,
        up_to=course.newest,
        reason=waiving.WaiveReason(waived.reason),
        by=by,
        at=waived.at,
    )
    if waived.marked and course.plot.thread.store.channel == "amazon":
        waiving.confirm_marked(course.ticket, message_ids=[course.newest], by=by, at=waived.at)
    solving.solve(course.ticket, by=by, at=waived.at, resolution=Key("nothing_owed"))
