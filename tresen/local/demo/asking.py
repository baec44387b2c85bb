"""Partners of the demo shop, and what they were asked: one to be chased, one in time, one that has answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import Sent
from tresen.orders.models import Order
from tresen.outbox import receipts
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.partners.answering import take_answer
from tresen.partners.asking import ask
from tresen.partners.entering import Entered, add_partner
from tresen.partners.mailing import Wanted
from tresen.partners.models import Counting, Partner, PartnerKind, Question
from tresen.partners.proposing import NEEDED, parts_of, subject_for, with_parts, words_for
from tresen.partners.wording import CannotAsk
from tresen.tickets.models import Message, Status, Ticket
from tresen.tickets.snoozing import wake_due

BOOK = (
    Entered(
        name="Lager Leipzig",
        kind=PartnerKind.WAREHOUSE,
        address="versand@lager-leipzig.example",
        also_from=["@lager-leipzig.example"],
        language="de",
        days=1,
    ),
    Entered(
        name="Nordweg Paket",
        kind=PartnerKind.CARRIER,
        address="nachforschung@nordweg.example",
        language="de",
        days=3,
        counting=Counting.DAYS,
    ),
    Entered(
        name="Luce di Bressanone",
        kind=PartnerKind.SUPPLIER,
        address="ordini@luce-bressanone.example",
        language="it",
        days=4,
    ),
)
ANSWER = "Buongiorno, l’articolo torna disponibile martedì: 40 pezzi sono già in viaggio. Cordiali saluti"


def ask_partners(agents: Sequence[Actor], *, now: datetime) -> None:
    """Fill the address book, and ask each of them from a ticket with a known order; none where there are too few."""
    partners = [add_partner(entered, by=SYSTEM, at=now - timedelta(days=150)) for entered in BOOK]
    waiting = Ticket.objects.filter(orders__order__isnull=False, opened_at__lt=now - timedelta(days=4))
    resting = waiting.exclude(status__in=[Status.SOLVED, Status.CLOSED]).order_by("-opened_at", "pk").distinct()
    asked_at = (now - timedelta(days=3, hours=2), now - timedelta(hours=20), now - timedelta(days=1, hours=3))
    chased_in = (timedelta(days=2), timedelta(days=4), timedelta(days=5))
    for number, (ticket, partner) in enumerate(zip(resting[: len(partners)], partners, strict=False)):
        question = _ask(
            ticket, partner, chased_in[number], by=agents[number % min(2, len(agents))], at=asked_at[number]
        )
        if question is not None and partner.kind == PartnerKind.SUPPLIER:
            take_answer(question.pk, text=ANSWER, submission=uuid4(), at=now - timedelta(minutes=50))
    wake_due(now)


def _ask(ticket: Ticket, partner: Partner, chased_in: timedelta, *, by: Actor, at: datetime) -> Question | None:
    order = Order.objects.filter(tickets__ticket=ticket).order_by("pk").first()
    number = order.number if order else ""
    parts = parts_of(ticket, order, number, language=partner.language)
    words = words_for(partner, sender=ticket.brand.name)
    text = with_parts(words, parts, [part.value for part in NEEDED[PartnerKind(partner.kind)]])
    wanted = Wanted(text=text, chase_on=(at + chased_in).date(), submission=uuid4())
    subject = subject_for(partner, order, number, ticket)
    try:
        question = ask(ticket.pk, partner_id=partner.pk, subject=subject, wanted=wanted, by=by, at=at)
    except CannotAsk:  # a store without a mailbox
        return None
    _left(Delivery.objects.get(message=Message.objects.get(conversation=question.conversation_id)), at=at)
    return question


def _left(delivery: Delivery, *, at: datetime) -> None:
    """The outbox has sent it, and its server has taken it."""
    left = at + UNDO_WINDOW
    delivery.state, delivery.attempts, delivery.next_attempt_at = DeliveryState.SENDING, 1, None
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    DeliveryAttempt.objects.create(delivery=delivery, number=1, started_at=left, alive_at=left)
    answer = "250 2.0.0 Ok: queued as 4Q1"
    receipts.confirm(delivery.pk, Sent(external_id="4Q1", at=left, answer=answer), attempt=1, at=left)
