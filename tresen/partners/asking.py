"""Asking a partner: one transaction that fixes the mail, makes its link, sets the date to chase it, and waits."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.channels.contract import Role
from tresen.mail.composing import reply_subject
from tresen.mail.thread_keys import own_message_id
from tresen.outbox.models import DeliveryState
from tresen.partners import mailing, waiting
from tresen.partners.mailing import Wanted
from tresen.partners.models import Partner, Question
from tresen.partners.queries import partners_for
from tresen.partners.recognising import new_code, without_code
from tresen.partners.wording import CannotAsk
from tresen.tickets import ledger
from tresen.tickets.events import QuestionAsked, QuestionRepeated
from tresen.tickets.locking import TicketSettled, locked
from tresen.tickets.models import Conversation, Direction, Message, Ticket
from tresen.tickets.solving import SETTLED

LONGEST_SUBJECT = 200


@transaction.atomic
def ask(ticket_id: int, *, partner_id: int, subject: str, wanted: Wanted, by: Actor, at: datetime) -> Question:
    """Ask a partner by a mail that leaves after a few seconds. It answers nobody: all clocks run on.

    Raises CannotAsk with a sentence for the agent, TicketSettled where the ticket's work is over.
    """
    ticket = _open_ticket(ticket_id)
    earlier = _given_in(ticket, wanted.submission)
    if earlier is not None and earlier.conversation is not None:
        return earlier.conversation.question
    partner = _askable(ticket, partner_id)
    text = mailing.checked_text(wanted.text, wanted.attachments)
    due = waiting.due_on(ticket, wanted.chase_on, at=at)
    code = new_code()
    subject = _coded(subject, code)
    conversation = Conversation.objects.create(
        ticket=ticket, store=ticket.store, role=Role.THIRD_PARTY.value, subject=subject, opened_at=at
    )
    question = Question.objects.create(
        ticket=ticket,
        partner=partner,
        conversation=conversation,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        code=code,
        asked_at=at,
    )
    message = mailing.queue_mail(question, subject=subject, text=text, wanted=wanted, by=by, at=at)
    promise = waiting.date_set(question, due=due, reply=message.pk, by=by, at=at)
    event = QuestionAsked(question=question.pk, conversation=conversation.pk, message=message.pk, promise=promise)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=f"question:{question.pk}")
    waiting.wait_for_partners(ticket, by=by, at=at)
    return question


@transaction.atomic
def ask_again(question_id: int, *, wanted: Wanted, by: Actor, at: datetime) -> Message:
    """Another mail in the same thread, with a link and a chase date of its own; we wait anew. Raises as `ask` does."""
    question = Question.objects.select_related("partner", "conversation").get(pk=question_id)
    ticket = _open_ticket(question.ticket_id)
    earlier = _given_in(ticket, wanted.submission)
    if earlier is not None:
        return earlier
    text = mailing.checked_text(wanted.text, wanted.attachments)
    due = waiting.due_on(ticket, wanted.chase_on, at=at)
    subject = reply_subject(question.conversation.subject) or f"[{question.code}]"
    message = mailing.queue_mail(question, subject=subject, text=text, wanted=wanted, by=by, at=at)
    promise = waiting.date_set(question, due=due, reply=message.pk, by=by, at=at)
    event = QuestionRepeated(question=question_id, message=message.pk, promise=promise)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=f"message:{message.pk}")
    waiting.wait_for_partners(ticket, by=by, at=at)
    return message


def _open_ticket(ticket_id: int) -> Ticket:
    ticket = locked(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    return ticket


def _given_in(ticket: Ticket, submission: UUID) -> Message | None:
    """The mail that was given in under this number before, unless it was taken back."""
    found = Message.objects.filter(
        ticket=ticket, direction=Direction.OUT, external_id__startswith=own_message_id(submission, domain="")
    )
    mail = found.select_related("conversation__question", "delivery").first()
    return mail if mail is not None and mail.delivery.state != DeliveryState.WITHDRAWN else None


def _askable(ticket: Ticket, partner_id: int) -> Partner:
    partner = partners_for(ticket).filter(pk=partner_id).first()
    if partner is None:
        raise CannotAsk("partner", _("This partner can't be asked from here: choose another one."))
    return partner


def _coded(subject: str, code: str) -> str:
    """The subject with the question's code, and no other's."""
    words = without_code(" ".join(subject.replace("\0", "").split()))
    if not words:
        raise CannotAsk("subject", _("Say in the subject what it is about."))
    return f"{words[:LONGEST_SUBJECT]} [{code}]"
