"""Answering: one transaction that fixes the text, ties it to its conversation and puts it on its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.channels.contract import Author, OutboundAttachment, Role
from tresen.mail.thread_keys import own_message_id
from tresen.outbox import queueing
from tresen.outbox.chosen_ways import answers
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.preparing import WAY
from tresen.outbox.reaching import ALSO
from tresen.outbox.receipts import INTERIM
from tresen.replies import afterwards, drafting
from tresen.replies.afterwards import Then
from tresen.replies.meanwhile import AnsweredMeanwhile, answer_since
from tresen.replies.permitting import (
    CannotAnswer,
    Counterpart,
    check_text,
    check_way_out,
    check_window,
    check_words,
    counterpart_of,
    name_in_thread,
)
from tresen.replies.readers import TO, conversations_for
from tresen.replies.ways import check_not_spent, check_way
from tresen.replies.writing import write
from tresen.tickets.attaching import attach
from tresen.tickets.events import Key
from tresen.tickets.locking import locked
from tresen.tickets.models import Conversation, Direction, Message, MessageKind, Ticket

__all__ = ["AnsweredMeanwhile", "CannotAnswer", "Then", "answer", "withdraw"]


@transaction.atomic
def answer(
    ticket_id: int,
    *,
    conversation_id: int,
    text: str,
    answers_up_to: int,
    by: Actor,
    at: datetime,
    attachments: Sequence[OutboundAttachment] = (),
    then: Then = Then.KEEP_OPEN,
    submission: UUID | None = None,
    seen: int | None = None,
    readers: Sequence[Role] | None = None,
    way: str = "",
    template: Mapping[str, str] | None = None,
    must_leave: bool = False,
) -> Message:
    """Queue an answer that leaves after a few seconds; `answers_up_to` is the newest message its composer showed.

    `submission` is the composer's own number: the same text given in twice under it is one answer. `seen` is the
    newest message of any kind that the composer's page showed. `readers` are those it is for, where one can choose;
    None: the conversation's own counterpart. `way`: how it leaves, where there are several. `template`: what the
    message keeps of the approved template that it is. `must_leave`: one that has no way out is not even queued.
    Raises CannotAnswer with a sentence for the agent.
    """
    ticket = locked(ticket_id)
    to = _to_whom(conversation_id, ticket, answers_up_to, must_leave=must_leave, files=bool(attachments), at=at)
    text = check_text(text, attachments, store=to.conversation.store)
    leaving = _leaving(to.conversation, text, way, template, by=by, at=at)
    to, reached, facts = _reaching(to, readers, at=at, besides=leaving)
    earlier = _given_in(ticket, submission)
    if earlier is not None and _is_same(earlier, to, text, facts):
        return earlier
    _check_still_fits(to.conversation, facts.get(WAY, ""), answers_up_to=answers_up_to, seen=seen)
    message = write(ticket, to, text, number=(not earlier and submission) or uuid4(), facts=facts, by=by, at=at)
    attach(message, attachments, at=at)
    _queue(message, to, answers_up_to=answers_up_to, by=by, at=at)
    afterwards.then(then, ticket, message, by=by, at=at)
    _drop_drafts({conversation_id, *(one.pk for one in reached)}, by=by)
    return message


def _to_whom(
    conversation_id: int, ticket: Ticket, answers_up_to: int, *, must_leave: bool, files: bool, at: datetime
) -> Counterpart:
    """Raises CannotAnswer where nobody can be answered there."""
    conversation = Conversation.objects.select_related("store__brand", "identity").filter(pk=conversation_id).first()
    to = counterpart_of(conversation, ticket=ticket, answers_up_to=answers_up_to)
    if must_leave:
        check_way_out(to, files=files, at=at)
    return to


def _check_still_fits(conversation: Conversation, way: str, *, answers_up_to: int, seen: int | None) -> None:
    """Raises CannotAnswer where it has been answered: by this way as often as that goes, or while this was written."""
    check_not_spent(conversation, way, seen_up_to=answers_up_to)
    if seen is not None and (other := answer_since(conversation, seen=seen)):
        raise AnsweredMeanwhile(_("This was answered while you wrote: send yours too?"), message=other.pk)


def _leaving(
    conversation: Conversation, text: str, way: str, template: Mapping[str, str] | None, *, by: Actor, at: datetime
) -> dict[str, str]:
    """What the message keeps of how it leaves: an approved template at any time, free words while they are taken."""
    if template is None:
        check_window(conversation, author=author_of(by), at=at)
        check_words(text, conversation.store, surface=conversation.surface, at=at)
    chosen = check_way(conversation, way)
    return {**(template or {}), **({WAY: chosen} if chosen else {})}


def _reaching(
    to: Counterpart, readers: Sequence[Role] | None, *, at: datetime, besides: Mapping[str, str]
) -> tuple[Counterpart, Sequence[Conversation], dict[str, str]]:
    """Who is written to first, all conversations that it reaches, and what the message keeps of it and `besides`."""
    roles, reached = conversations_for(to.conversation, readers, at=at)
    if reached[0] != to.conversation:
        to = replace(to, conversation=reached[0], address=name_in_thread(reached[0]))
    facts = {TO: ",".join(roles), ALSO: ",".join(str(one.pk) for one in reached[1:])} if roles else {}
    return to, reached, {**facts, **besides}


def _drop_drafts(conversations: Iterable[int], *, by: Actor) -> None:
    """What its writer had begun there is given in."""
    if by.kind is ActorKind.AGENT:
        for conversation in conversations:
            drafting.drop_draft(conversation, by=by)


def author_of(by: Actor) -> Author:
    """Who writes, as far as platforms tell answers apart."""
    return Author.PERSON if by.kind is ActorKind.AGENT else Author.BOT


@transaction.atomic
def withdraw(message_id: int, *, by: Actor, at: datetime) -> bool:
    """Take an answer back while it has not left, with what it did to the ticket; its text is a draft again.

    A first message leaves its text to the form that it came from. False when it is on its way already.
    """
    ticket = locked(Message.objects.values_list("ticket_id", flat=True).get(pk=message_id))
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    delivery = rows.get(message_id=message_id)
    if delivery.state == DeliveryState.WITHDRAWN:
        return True
    if not queueing.take_out(delivery, by=by, at=at):
        return False
    reply = delivery.message
    afterwards.restore(ticket, reply, by=by, at=at)
    if delivery.opening:
        afterwards.close_if_nothing_came_of_it(ticket, reply, by=by, at=at)
    elif reply.agent_id is not None and reply.conversation_id is not None and reply.kind == MessageKind.MESSAGE:
        roles = [Role(part) for part in reply.facts.get(TO, "").split(",") if part]
        by_writer = Actor.agent(reply.agent_id)
        drafting.keep_draft(reply.conversation_id, text=reply.text, readers=roles, by=by_writer, at=at)
    return True


def _given_in(ticket: Ticket, submission: UUID | None) -> Message | None:
    """The answer that was given in under this number before."""
    if submission is None:
        return None
    replies = Message.objects.filter(ticket=ticket, direction=Direction.OUT).select_related("delivery")
    return replies.filter(external_id__startswith=own_message_id(submission, domain="")).first()


def _is_same(earlier: Message, to: Counterpart, text: str, facts: Mapping[str, str]) -> bool:
    taken_back = earlier.delivery.state == DeliveryState.WITHDRAWN
    given = (to.conversation.pk, text, facts)
    return not taken_back and (earlier.conversation_id, earlier.text, earlier.facts) == given


def _queue(message: Message, to: Counterpart, *, answers_up_to: int, by: Actor, at: datetime) -> None:
    """What is no answer covers nothing, whatever its writer had read."""
    is_answer = answers(message)
    queueing.queue(
        message,
        store=to.conversation.store,
        recipient=to.address,
        answers_up_to=answers_up_to if is_answer else 0,
        author=Key(author_of(by)) if is_answer else INTERIM,
        by=by,
        at=at,
    )
