"""Partners, and questions to them asked by the operation itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import OutboundAttachment
from tresen.outbox.models import Delivery
from tresen.partners.asking import ask, ask_again
from tresen.partners.entering import Entered, add_partner
from tresen.partners.mailing import Wanted
from tresen.partners.models import Partner, PartnerKind, Question
from tresen.tickets.models import Message, Ticket
from tresen.vault.sealing import opened

_numbers = count(1)
CHASED_ON = date(2026, 11, 18)
"""The Wednesday after MONDAY."""


def a_partner(
    *, name: str = "", address: str = "", kind: PartnerKind = PartnerKind.WAREHOUSE, **more: object
) -> Partner:
    number = next(_numbers)
    known = {"language": "de", "days": 2, **more}
    entered = Entered(
        name=name or f"Lager {number}",
        kind=kind,
        address=address or f"lager{number}@partner.example",
        **known,  # type: ignore[arg-type]
    )
    return add_partner(entered, by=SYSTEM, at=MONDAY)


def wanted(
    text: str = "Ist das Paket schon gepackt?",
    *,
    on: date = CHASED_ON,
    submission: UUID | None = None,
    files: Sequence[OutboundAttachment] = (),
) -> Wanted:
    return Wanted(text=text, chase_on=on, submission=submission or uuid4(), attachments=files)


def asked(
    ticket: Ticket,
    partner: Partner | None = None,
    *,
    what: Wanted | None = None,
    subject: str = "Bestellung 302-1",
    by: Actor | None = None,
    at: datetime = MONDAY + timedelta(hours=1),
) -> Question:
    partner = partner or a_partner()
    by = by or Actor.agent(an_agent().pk)
    return ask(ticket.pk, partner_id=partner.pk, subject=subject, wanted=what or wanted(), by=by, at=at)


def asked_again(question: Question, *, at: datetime, on: date = CHASED_ON + timedelta(days=2)) -> Message:
    return ask_again(question.pk, wanted=wanted("Haben Sie schon etwas gehört?", on=on), by=SYSTEM, at=at)


def mail_of(question: Question) -> Message:
    return Message.objects.filter(conversation=question.conversation_id, direction="out").latest("pk")


def link_in(question: Question) -> str:
    """The path of the link in the newest mail of the question, as its reader finds it."""
    closing = Delivery.objects.get(message=mail_of(question)).closing
    assert closing is not None
    address = next(word for word in opened(bytes(closing)).split() if "/asked/" in word)
    return address[address.index("/asked/") :]
