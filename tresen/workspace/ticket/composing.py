"""What the composer needs to know: whom it answers, what fits, and whether it counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from babel import Locale, UnknownLocaleError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.channels.contract import Author, Surface
from tresen.outbox.chosen_ways import spent_ways, ways_of
from tresen.outbox.models import Delivery
from tresen.outbox.queries import first_message_of, is_opted_out
from tresen.replies.drafting import Typed
from tresen.replies.permitting import CannotAnswer, check_way_out, check_window, counterpart_of
from tresen.sla.packs import counts, edition_at
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation, Direction, Message, MessageKind, Ticket
from tresen.tickets.queries import conversations_of
from tresen.workspace import naming
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of
from tresen.workspace.setup.stores.labels import label
from tresen.workspace.ticket.answerable import Answerable, WayShown
from tresen.workspace.ticket.chat_words import way_of_answer
from tresen.workspace.ticket.choosing_readers import by_thread
from tresen.workspace.ticket.forbidding import forbidden_words
from tresen.workspace.ticket.windows import phases_of, waiting_words

NOT_ANSWERED = frozenset({"platform", "third_party"})
"""Whom no answer goes to: a platform's notices, and partners, who are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """`chosen` is the conversation whose counterpart spoke last; `answers_up_to` the newest of their messages shown.

    `seen` is the newest message of any kind shown; `question` asks whether to send, where an answer came between.
    `submission` tells this page's answer from others, should it be sent twice.
    """

    answerable: Sequence[Answerable]
    chosen: Answerable | None
    answers_up_to: int
    seen: int
    question: str
    submission: UUID


def composer(
    ticket: Ticket,
    messages: Sequence[Message],
    *,
    up_to: int,
    drafts: Mapping[int, Typed],
    answered: int | None = None,
    by: Actor,
    at: datetime,
) -> Composer:
    """The composer of a ticket with its drafts; `up_to` is the newest message that its page shows.

    `answered` is an answer that came in while this agent wrote.
    """
    conversations = [one for one in conversations_of(ticket.pk) if one.role not in NOT_ANSWERED]
    heard = {one.conversation_id for one in messages if one.direction == Direction.IN}
    answerable = [_answerable(one, ticket, up_to, drafts.get(one.pk), heard, at) for one in conversations]
    spoke_last = next(
        (
            message.conversation_id
            for message in reversed(messages)
            if message.direction == Direction.IN and message.kind != MessageKind.THIRD_PARTY
        ),
        None,
    )
    answerable = by_thread(answerable, conversations, drafts, spoke_last=spoke_last)
    drafted = next((one for one in answerable if one.draft), None)
    chosen = drafted or next((one for one in answerable if one.id == spoke_last), None)
    return Composer(
        answerable=answerable,
        chosen=chosen or (answerable[-1] if answerable else None),
        answers_up_to=up_to,
        seen=max((message.pk for message in messages), default=0),
        question=_question(messages, answered, by=by, at=at),
        submission=uuid4(),
    )


def _question(messages: Sequence[Message], answered: int | None, *, by: Actor, at: datetime) -> str:
    other = next((one for one in messages if one.pk == answered and one.direction == Direction.OUT), None)
    if other is None:
        return ""
    when = day_and_time(other.occurred_at, at)
    if other.agent_id == by.id:
        return _("You answered this in another window, %(when)s. Send this one too?") % {"when": when}
    who = other.agent.name if other.agent else other.conversation.store.name if other.conversation else ""
    return _("%(who)s answered while you wrote, %(when)s. Send yours too?") % {"who": who, "when": when}


def _answerable(
    conversation: Conversation,
    ticket: Ticket,
    up_to: int,
    draft: Typed | None,
    heard: Collection[int | None],
    at: datetime,
) -> Answerable:
    connector, title = connector_of(conversation.store), channel_title(conversation.store)
    to, hindrance, link = _reached(conversation, ticket, up_to, at)
    first = None if conversation.pk in heard else _begun_by_us(conversation)
    if first and hindrance:
        link = f"{reverse('order-message', args=[first.order_id])}?ticket={ticket.pk}"
    counted, words = _counting(conversation, title, at, nobody_waits=first is not None)
    return Answerable(
        id=conversation.pk,
        name=_name(conversation, first) or _("Unknown sender"),
        to="" if connector.relay else to,
        channel=title,
        language=ticket.language,
        language_words=_language_words(ticket.language),
        longest=connector.max_reply_length or 0,
        counts=counted,
        counts_words=words,
        nobody_waits=first is not None,
        watches=conversation.store.shadow,
        hindrance=hindrance,
        link=link,
        draft=draft.text if draft else "",
        drafted_at=draft.at if draft else None,
        draft_of=draft.by if draft else "",
        role=conversation.role,
        ways=_ways(conversation, up_to),
        phases=phases_of(conversation, at=at),
        waits="" if hindrance else waiting_words(conversation, at=at),
        takes_files=connector.takes_files,
        templates=connector.templates is not None,
        forbidden=forbidden_words(conversation, draft.text, at=at) if draft else "",
        link_words=_("Log the answer given") if conversation.surface == Surface.BY_HAND else "",
    )


def _name(conversation: Conversation, first: Delivery | None) -> str:
    """How the other is called; without a name, what he is to us. A buyer who has written is nobody in particular."""
    identity = conversation.identity
    if identity and (name := identity.name or identity.key):
        return name
    return name_of(conversation.role, naming.ROLES) if first or conversation.role != "buyer" else ""


def _reached(conversation: Conversation, ticket: Ticket, up_to: int, at: datetime) -> tuple[str, str, str]:
    """Whom an answer reaches; else why none does, and where to go instead."""
    to = ""
    try:
        counterpart = counterpart_of(conversation, ticket=ticket, answers_up_to=up_to)
        to = counterpart.address
        check_way_out(counterpart, at=at)
        check_window(conversation, author=Author.PERSON, at=at)
    except CannotAnswer as cannot:
        by_hand = conversation.surface == Surface.BY_HAND
        return to, str(cannot), f"{reverse('ticket-log', args=[ticket.pk])}?answer" if by_hand else cannot.link
    return to, "", ""


def _ways(conversation: Conversation, up_to: int) -> list[WayShown]:
    spent = spent_ways(conversation, seen_up_to=up_to)
    return [
        WayShown(
            key=way.key,
            title=label(way.title),
            help_text=label(way.help_text),
            public=way.public,
            usual=way.usual,
            answers=way.answers,
            spent=label(way.once) if way.key in spent else "",
        )
        for way in ways_of(conversation)
    ]


def _begun_by_us(conversation: Conversation) -> Delivery | None:
    """Our first message, where nobody has written to us there."""
    theirs = conversation.messages.filter(direction=Direction.IN)
    return None if theirs.exists() else first_message_of(conversation.pk)


def _language_words(language: str) -> str:
    """The customer's language in the agent's, where it is another than theirs."""
    own = translation.get_language() or "en"
    if not language or language == own:
        return ""
    try:
        return Locale.parse(language).get_language_name(own) or ""
    except (UnknownLocaleError, ValueError):
        return ""


def _counting(conversation: Conversation, channel: str, at: datetime, *, nobody_waits: bool) -> tuple[bool, str]:
    if nobody_waits:
        return False, _("Nobody waits for it: it stops no clock.")
    if conversation.store.shadow:
        return False, _("This store only watches: the answer is kept until somebody sends it later.")
    edition = edition_at(conversation.store, at, conversation.surface)
    if not edition:
        return True, way_of_answer(conversation.pk, at=at) or _("Counts as an answer once it has left us.")
    if is_opted_out(conversation.pk):
        words = _("The buyer wants no messages: %(channel)s will not deliver this, and it counts as no answer.")
        return False, words % {"channel": channel}
    if counts(edition, "person"):
        return True, _("%(channel)s counts this as an answer once it has left us.") % {"channel": channel}
    return False, _("%(channel)s does not count answers by people.") % {"channel": channel}
