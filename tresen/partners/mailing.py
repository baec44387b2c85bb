"""A question's mail: written, tied to its thread, and put on its way through the outbox like every answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.channels.contract import Author, OutboundAttachment, ThreadKeyKind
from tresen.mail.thread_keys import own_message_id
from tresen.outbox import queueing
from tresen.outbox.queueing import Letter
from tresen.partners.links import make_link
from tresen.partners.models import Question
from tresen.partners.wording import CannotAsk
from tresen.stores.access import mailbox_of
from tresen.stores.models import Mailbox
from tresen.tickets.attaching import attach
from tresen.tickets.events import Key
from tresen.tickets.models import ConversationTie, Direction, Message, MessageKind

LONGEST_TEXT = 50_000
MOST_BYTES = 20 * 1024 * 1024
"""Of all files of one mail together, as for answers: mail grows by a third on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The words of one mail to a partner, and the day on which to chase its answer, by the team's calendar.

    `submission` is the form's own number: given in twice, it is one mail.
    """

    text: str
    chase_on: date
    submission: UUID
    attachments: Sequence[OutboundAttachment] = ()


class Given(Protocol):
    """A file as a form gives it."""

    name: str | None
    content_type: str | None

    def read(self) -> bytes:
        """All of it."""


def outbound(files: Iterable[Given]) -> list[OutboundAttachment]:
    """The files of a form as a message takes them."""
    return [
        OutboundAttachment(name=file.name or "", content_type=file.content_type or "", content=file.read())
        for file in files
    ]


def checked_text(text: str, attachments: Sequence[OutboundAttachment]) -> str:
    """The text as it will be kept. Raises CannotAsk for what can't be sent."""
    kept = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode().strip()
    if not kept:
        raise CannotAsk("text", _("The question is empty."))
    if len(kept) > LONGEST_TEXT:
        raise CannotAsk("text", _("The question is too long."))
    if sum(len(file.content) for file in attachments) > MOST_BYTES:
        raise CannotAsk("attachments", _("The files are too large: together they may have 20 MB."))
    return kept


def queue_mail(question: Question, *, subject: str, text: str, wanted: Wanted, by: Actor, at: datetime) -> Message:
    """The mail of a question that leaves in a few seconds. Raises CannotAsk where no mailbox can send it."""
    mailbox = _mailbox(question)
    message = Message.objects.create(
        conversation=question.conversation,
        ticket_id=question.ticket_id,
        brand_id=question.ticket.brand_id,
        direction=Direction.OUT,
        kind=MessageKind.THIRD_PARTY,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        subject=subject[:500],
        text=text,
        language=question.partner.language,
        reply_to=question.partner.address,
        external_id=own_message_id(wanted.submission, domain=_domain(mailbox.address)),
        occurred_at=at,
        recorded_at=at,
    )
    ConversationTie.objects.create(
        conversation=question.conversation,
        store=question.conversation.store,
        kind=ThreadKeyKind.REFERENCE,
        value=message.external_id,
    )
    attach(message, wanted.attachments, at=at)
    link = make_link(question, message, at=at)
    queueing.queue(
        message,
        store=question.conversation.store,
        recipient=question.partner.address,
        answers_up_to=0,
        author=Key(Author.PERSON if by.kind is ActorKind.AGENT else Author.BOT),
        by=by,
        at=at,
        letter=Letter(mailbox=mailbox, closing=_closing(question, link)),
    )
    return message


def _mailbox(question: Question) -> Mailbox:
    chosen = question.partner.mailbox
    mailbox = chosen if chosen and chosen.retired_at is None else mailbox_of(question.conversation.store)
    if mailbox is None:
        sentence = _("No mailbox can send this: choose one at the partner, or connect one to the store.")
        raise CannotAsk("partner", sentence)
    return mailbox


def _closing(question: Question, link: str) -> str:
    """What stands below the words, in the partner's language."""
    with translation.override(question.partner.language):
        return "\n".join(
            [
                "--",
                _("Please answer here, without signing in: %(link)s") % {"link": link},
                _("Or just reply to this mail and leave its subject as it is."),
            ]
        )


def _domain(address: str) -> str:
    try:
        return address.rpartition("@")[2].encode("idna").decode() or "localhost"
    except UnicodeError:
        return "localhost"
