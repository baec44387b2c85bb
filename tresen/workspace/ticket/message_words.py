"""From messages as they are kept to messages as they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tresen.channels.cards import CAME_FROM, OF_ORDERS, card_in
from tresen.channels.contract import Author
from tresen.channels.receipts import Stage
from tresen.channels.surfaces import Surface
from tresen.outbox.chosen_ways import answers as is_answer
from tresen.outbox.models import Delivery
from tresen.outbox.told import stages_of
from tresen.stores.channel_words import channel_title
from tresen.tickets.models import Attachment, Direction, Message, MessageKind, Ticket
from tresen.workspace import naming
from tresen.workspace.attachments.tokens import file_address, mail_address
from tresen.workspace.card_words import card_words
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.delivery_words import delivery_shown
from tresen.workspace.ticket.files_there import files_there
from tresen.workspace.ticket.thread import CardShown, FileShown, LinkShown, Mark, MessageShown

LONGEST_TEXT = 12_000
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
WAY_ICONS = {"public": "globe", "private": "lock", "interim": "hourglass"}
SHOWN_HERE = PICTURES | {"application/pdf", "text/plain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """To whom, about which ticket, and when."""

    ticket: Ticket
    agent: int
    at: datetime
    partners: Mapping[int, str] = field(default_factory=dict)
    """The names of those whom we asked, by conversation."""


def messages_shown(messages: Sequence[Message], deliveries: Mapping[int, Delivery], told: Told) -> list[MessageShown]:
    """Each message with its author, kind, files and delivery in words."""
    there = files_there([message.pk for message in messages])
    cards = _cards(messages, told.ticket)
    reached = stages_of(deliveries.values())
    beside = {message.pk for message in messages if message.kind == MessageKind.THIRD_PARTY or not is_answer(message)}
    answers = {
        number: delivery for number, delivery in deliveries.items() if not delivery.opening and number not in beside
    }
    answered = max((delivery.answers_up_to for delivery in answers.values()), default=0)
    last_out = max((message.pk for message in messages if message.pk in answers), default=0)
    return [
        replace(
            _shown(message, deliveries.get(message.pk), told, reached, crossed=answered < message.pk < last_out),
            files_there=there.get(message.pk, ()),
            card=cards.get(message.pk),
        )
        for message in messages
    ]


def _shown(
    message: Message,
    delivery: Delivery | None,
    told: Told,
    reached: Mapping[int, tuple[Stage, datetime]],
    *,
    crossed: bool,
) -> MessageShown:
    who = _who(message)
    quotes = message.full_text.strip() not in {"", message.text.strip()}
    cut = len(message.text) > LONGEST_TEXT
    return MessageShown(
        id=message.pk,
        kind=message.kind,
        who=who,
        name=_name(message, told, who),
        kind_words=_kind_words(message, told, who),
        text=message.text[:LONGEST_TEXT] or _instead_of_words(delivery, told, spoken="logged_by" in message.facts),
        at=message.occurred_at,
        language=message.language,
        cut=cut,
        whole_address=mail_address(message.pk, agent=told.agent) if message.html or quotes or cut else "",
        quotes=quotes,
        crossed=crossed and who == "customer",
        marks=_marks(message),
        problems=tuple(name_of(str(key), naming.PROBLEMS) for key in message.problems if key not in naming.MARKS),
        links=_links(message),
        files=tuple(_file(file, told.agent) for file in message.attachments.all()),
        delivery=delivery_shown(delivery, at=told.at, reached=reached.get(delivery.pk)) if delivery else None,
    )


def _cards(messages: Sequence[Message], ticket: Ticket) -> Mapping[int, CardShown]:
    """Those of the messages that are cards, by message, with the way to the order that they are of."""
    cards = {message.pk: card for message in messages if (card := card_in(message.facts)) is not None}
    if not cards:
        return {}
    known = ticket.orders.exclude(order=None).values_list("number", "order")
    orders = {number: reverse("order", args=[order]) for number, order in known}
    return {
        number: CardShown(
            words=card_words(card),
            address=orders.get(card.number, "") if card.kind in OF_ORDERS else "",
            said="" if card.kind in CAME_FROM else card.said,
            came=card.kind in CAME_FROM,
        )
        for number, card in cards.items()
    }


def _marks(message: Message) -> tuple[Mark, ...]:
    """Where it is held for all to read, how ours was to leave, and what the customer answers with it."""
    found = [Mark(words=str(naming.MARKS[key])) for key in map(str, message.problems) if key in naming.MARKS]
    way = str(message.facts.get("way", ""))
    if way in naming.WAYS:
        found.insert(0, Mark(words=str(naming.WAYS[way]), icon=WAY_ICONS[way]))
    elif message.conversation is not None and message.conversation.surface == Surface.COMMENT:
        found.insert(0, Mark(words=str(naming.WAYS["public"]), icon=WAY_ICONS["public"]))
    return tuple(found)


def _links(message: Message) -> tuple[LinkShown, ...]:
    told = [(str(link.get("kind", "")), str(link.get("url", ""))) for link in message.links]
    return tuple(
        LinkShown(words=str(naming.LINKS[kind]), address=address) for kind, address in told if kind in naming.LINKS
    )


def _instead_of_words(delivery: Delivery | None, told: Told, *, spoken: bool) -> str:
    """What stands for words that were not ours."""
    if spoken:
        return _("Answered while it was said.")
    if delivery is None or not delivery.opening:
        return ""
    return _("%(channel)s wrote the words of this message.") % {"channel": channel_title(told.ticket.store)}


def _who(message: Message) -> str:
    if message.kind == MessageKind.NOTE:
        return "note"
    if message.kind in {MessageKind.PLATFORM_NOTICE, MessageKind.BOUNCE, MessageKind.UNREADABLE}:
        return "machine"
    if message.kind == MessageKind.OWN_ANSWER:
        return "agent" if _by_person(message) else "bot"
    if message.kind == MessageKind.THIRD_PARTY and message.direction == Direction.IN:
        return "partner"
    if message.direction == Direction.OUT:
        return "agent" if message.agent_id else "bot"
    return "bot" if message.kind == MessageKind.AUTOMATIC else "customer"


def _name(message: Message, told: Told, who: str) -> str:
    if message.agent is not None:
        return message.agent.name
    if who in {"customer", "bot"} and message.identity is not None:
        return message.identity.name or message.identity.key
    if message.kind == MessageKind.PLATFORM_NOTICE:
        return channel_title(told.ticket.store)
    if who == "partner":
        return told.partners.get(message.conversation_id or 0, "") or message.reply_to
    if message.direction == Direction.IN:
        reports = message.kind in {MessageKind.BOUNCE, MessageKind.AUTOMATIC}
        return _("Mail server") if reports else _("Unknown sender")
    return told.ticket.store.name


def _kind_words(message: Message, told: Told, who: str) -> str:
    kind = MessageKind(message.kind)
    said = SAID.get(kind, {}).get(message.facts.get("by_hand", "")) or KINDS.get(kind)
    if said is not None:
        return str(said)
    if kind == MessageKind.PLATFORM_NOTICE:
        return name_of(message.notice_kind or "other", naming.NOTICES)
    if kind == MessageKind.OWN_ANSWER:
        words = _("Answered on %(channel)s itself") if _by_person(message) else _("Answered by %(channel)s’s chatbot")
        return words % {"channel": channel_title(told.ticket.store)}
    if who == "bot":
        return _("Automatic reply, not an answer")
    if kind == MessageKind.THIRD_PARTY:
        return _asked_words(message, told, who)
    return _whom_words(message)


def _by_person(message: Message) -> bool:
    """Of an answer that was given elsewhere."""
    return str(message.facts.get("author", Author.PERSON)) == Author.PERSON


def _whom_words(message: Message) -> str:
    """Whom it is from or for, where that is not the buyer alone."""
    if chosen := message.facts.get("to", ""):
        names = [name_of(part, naming.ROLES) for part in chosen.split(",")]
        return _("for: %(whom)s") % {"whom": ", ".join(names)}
    role = message.conversation.role if message.conversation else "buyer"
    return "" if role == "buyer" else name_of(role, naming.ROLES)


def _asked_words(message: Message, told: Told, who: str) -> str:
    if who == "partner":
        address = message.reply_to
        return _("Partner, by mail from %(address)s") % {"address": address} if address else _("Partner, by the link")
    return _("Question to %(partner)s") % {"partner": told.partners.get(message.conversation_id or 0, "")}


SAID = {
    MessageKind.MESSAGE: {
        "phone": lazy("By telephone, logged by hand"),
        "letter": lazy("By letter, logged by hand"),
        "walk_in": lazy("In person, logged by hand"),
    },
    MessageKind.OWN_ANSWER: {
        "phone": lazy("Answered by telephone"),
        "letter": lazy("Answered by letter"),
        "walk_in": lazy("Answered in person"),
    },
}
KINDS = {
    MessageKind.NOTE: lazy("Note, only colleagues see it"),
    MessageKind.AUTOMATIC: lazy("Automatic, expects no answer"),
    MessageKind.BOUNCE: lazy("An answer came back"),
    MessageKind.UNREADABLE: lazy("Could not be read whole"),
}


def _file(file: Attachment, agent: int) -> FileShown:
    address = file_address(file.pk, agent=agent)
    return FileShown(
        name=file.name or _("Unnamed file"),
        size=file.size,
        address=address,
        preview=address if file.content_type in PICTURES else "",
        shown_here=file.content_type in SHOWN_HERE,
    )
