"""Taking the answer that a partner writes on the page behind our link."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from tresen.accounts.actors import PARTNER
from tresen.channels.contract import OutboundAttachment, Role
from tresen.partners.models import Question
from tresen.partners.wording import NothingToAnswer
from tresen.tickets import ledger
from tresen.tickets.attaching import attach
from tresen.tickets.events import Key, MessageReceived
from tresen.tickets.locking import locked
from tresen.tickets.models import Direction, Message, MessageKind, Status
from tresen.tickets.questions import QuestionState, questions_in

LONGEST_TEXT = 20_000
MOST_FILES = 10
MOST_BYTES = 10 * 1024 * 1024
"""Of all files of one answer together: a stranger's door takes less than our own."""


def is_settled(question: Question) -> bool:
    """Whether nobody waits for an answer any more, nor would read one."""
    return question.state == QuestionState.WITHDRAWN or question.ticket.status == Status.CLOSED


@transaction.atomic
def take_answer(
    question_id: int, *, text: str, files: Sequence[OutboundAttachment] = (), submission: UUID, at: datetime
) -> Message:
    """Keep what the partner wrote. `submission` is the page's own number: sent twice, it is one answer.

    It joins the question's thread, expects nothing, and is never the buyer's. Raises NothingToAnswer.
    """
    ticket = locked(Question.objects.values_list("ticket_id", flat=True).get(pk=question_id))
    question = Question.objects.select_related("conversation", "ticket", "partner").get(pk=question_id)
    key = sha256(f"partner:{question_id}:{submission}".encode()).digest()
    known = Message.objects.filter(dedupe_key=key, brand=ticket.brand_id).first()
    if known is not None:
        return known
    standing = questions_in(ledger.history_of([ticket.pk])[ticket.pk])[question_id]
    if standing.state is QuestionState.WITHDRAWN or ticket.status == Status.CLOSED:
        raise NothingToAnswer
    message = Message.objects.create(
        conversation=question.conversation,
        ticket=ticket,
        brand_id=ticket.brand_id,
        direction=Direction.IN,
        kind=MessageKind.THIRD_PARTY,
        subject=question.conversation.subject,
        text=text.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST_TEXT],
        language=question.partner.language,
        dedupe_key=key,
        occurred_at=at,
        recorded_at=at,
    )
    attach(message, files, at=at)
    event = MessageReceived(
        message=message.pk,
        conversation=question.conversation_id,
        role=Key(Role.THIRD_PARTY.value),
        expects_answer=False,
    )
    ledger.record(ticket.pk, event, by=PARTNER, at=at, source_key=f"message:{message.pk}")
    return message
