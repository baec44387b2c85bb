"""Whether, and to whom, an answer can be given; what can't be says so in the agent's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.channels.answer_windows import window_for
from tresen.channels.contract import (
    REPLY_BY_EMAIL_UNVERIFIED,
    Author,
    OutboundAttachment,
    ReplyBy,
    Role,
    Surface,
)
from tresen.chats.presence import chat_in, is_there
from tresen.outbox.consents import has_refused
from tresen.outbox.models import Delivery
from tresen.outbox.queries import first_message_of, platforms_thread
from tresen.sla.answer_windows import windows_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.stores.forbidden_words import refusal_of
from tresen.stores.leaving import lacks_mailbox, sends_nothing
from tresen.stores.models import Store, StoreConnection
from tresen.stores.troubles import in_words
from tresen.tickets.models import Conversation, Direction, Message, MessageKind, Ticket

MOST_BYTES = 20 * 1024 * 1024
"""Of all files of one answer together; mail grows by a third on its way, and many servers stop at 30 MB."""


class CannotAnswer(ValueError):
    """The answer can't be given. The message is a sentence for the agent; `link` leads to where it can be."""

    def __init__(self, sentence: str, *, link: str = "") -> None:
        super().__init__(sentence)
        self.link = link


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom an answer goes to, and under which subject."""

    conversation: Conversation
    address: str
    subject: str
    by_thread: bool = False
    """The platform passes it on by its interface; else it goes by mail."""


def counterpart_of(conversation: Conversation | None, *, ticket: Ticket, answers_up_to: int) -> Counterpart:
    """The one that an answer in this conversation reaches. Raises CannotAnswer."""
    if conversation is None or conversation.ticket_id != ticket.pk:
        raise CannotAnswer(_("This conversation belongs to another ticket. Open it there."))
    _check_can_be_answered(conversation)
    if not _was_shown(answers_up_to, ticket):
        raise CannotAnswer(_("This page is out of date. Reload it and read what is new before you answer."))
    newest = _newest(conversation)
    if newest is not None and _only_on_the_platform(newest):
        channel = channel_title(conversation.store)
        raise CannotAnswer(
            _("%(channel)s takes no answers by mail here: answer on the platform itself.") % {"channel": channel},
            link=_link(conversation),
        )
    address = _address(conversation, newest)
    by_thread = newest is not None and newest.facts.get("reply_by") == ReplyBy.THREAD
    if by_thread:
        address = _in_thread(conversation, address)
    elif newest is None and (first := first_message_of(conversation.pk)) is not None:
        address = _to_who_has_not_answered(conversation, first)
        by_thread = "@" not in first.recipient
    if not address:
        raise CannotAnswer(_("We know no address that an answer could go to."))
    subject = conversation.subject or (newest.subject if newest else "") or ticket.subject
    return Counterpart(conversation, address, subject, by_thread)


def _check_can_be_answered(conversation: Conversation) -> None:
    """Raises CannotAnswer where nobody can be answered there, whatever is written."""
    if conversation.role == Role.PLATFORM:
        raise CannotAnswer(_("The platform's own notices can't be answered."), link=_link(conversation))
    if conversation.role == Role.THIRD_PARTY:
        raise CannotAnswer(_("This is no customer's thread: ask the partner again where the question stands."))
    if conversation.surface == Surface.BY_HAND:
        raise CannotAnswer(_("Nothing can be sent from here to a call, a letter or a visit: log the answer you give."))
    if has_refused(conversation):
        raise CannotAnswer(
            _(
                "This person has said STOP: nothing leaves before he sends START. You can call, and log that under "
                "More, Log a call about this; keep a note for colleagues; or solve the ticket."
            )
        )
    if conversation.store.retired_at is not None:
        raise CannotAnswer(sends_nothing(conversation.store))


def check_window(conversation: Conversation, *, author: Author, at: datetime) -> None:
    """Raises CannotAnswer where the channel takes no more answers by this author after the customer's last words."""
    windows = windows_of(conversation, at=at)
    if windows is None or window_for(windows.windows, author, at) is not None:
        return
    channel = {"channel": channel_title(conversation.store)}
    if windows.heard_at is None:
        raise CannotAnswer(_("%(channel)s takes words only after the customer has written.") % channel)
    if connector_of(conversation.store).templates:
        late = _("%(channel)s takes no free words so long after the customer's last ones: only approved templates.")
    else:
        late = _("%(channel)s takes no more answers so long after the customer's last words.")
    raise CannotAnswer(late % channel, link=_link(conversation))


def check_way_out(to: Counterpart, *, files: bool = False, at: datetime) -> None:
    """Raises CannotAnswer where the answer would go by mail and the store has no mailbox.

    A store that only watches holds it. Who is in his chat reads it there, but for one with `files`.
    """
    store = to.conversation.store
    if to.by_thread or store.shadow or not lacks_mailbox(store):
        return
    chat = None if files else chat_in(to.conversation.pk)
    if chat is not None and is_there(chat, at=at):
        return
    raise CannotAnswer(
        _("%(store)s has no mailbox that an answer could leave through: an administrator connects one in the set-up.")
        % {"store": store.name}
    )


def check_text(
    text: str, attachments: Sequence[OutboundAttachment], *, store: Store, longest: int | None = None
) -> str:
    """The text as it will be kept. Raises CannotAnswer for what can't be sent.

    `longest`: the most characters of it, where they are others than the channel's answers may have.
    """
    kept = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode().strip()
    if not kept:
        raise CannotAnswer(_("The answer is empty."))
    connector = connector_of(store)
    longest = connector.max_reply_length if longest is None else longest
    if longest is not None and len(kept) > longest:
        raise CannotAnswer(
            ngettext(
                "The text is one character too long: %(channel)s takes %(longest)d.",
                "The text is %(over)d characters too long: %(channel)s takes %(longest)d.",
                len(kept) - longest,
            )
            % {"over": len(kept) - longest, "channel": channel_title(store), "longest": longest}
        )
    if attachments and not connector.takes_files:
        raise CannotAnswer(_("%(channel)s takes no files from here.") % {"channel": channel_title(store)})
    if sum(len(file.content) for file in attachments) > MOST_BYTES:
        raise CannotAnswer(_("The files are too large: together they may have 20 MB."))
    return kept


def check_words(text: str, store: Store, *, surface: str = Surface.DIRECT, at: datetime) -> None:
    """Raises CannotAnswer where the platform forbids these words, whoever writes them."""
    if refused := refusal_of(text, store, surface=surface, at=at):
        raise CannotAnswer(in_words(refused))


def _was_shown(message: int, ticket: Ticket) -> bool:
    """Whether it is a message of the ticket; none is, where nobody has written to us yet."""
    of_ticket = Message.objects.filter(ticket=ticket)
    return of_ticket.filter(pk=message).exists() if message else not of_ticket.filter(direction=Direction.IN).exists()


def _only_on_the_platform(newest: Message) -> bool:
    """Whether mail is no way at all; where it may work, the agent decides."""
    return newest.facts.get("reply_by") == ReplyBy.PLATFORM and REPLY_BY_EMAIL_UNVERIFIED not in newest.facts


def _in_thread(conversation: Conversation, address: str) -> str:
    """Whom an answer by the platform's interface goes to. Raises CannotAnswer where the store is not connected."""
    if not StoreConnection.objects.filter(store=conversation.store_id).exists():
        raise CannotAnswer(
            _("%(store)s is not connected to %(channel)s: connect it in the set-up, or answer on the platform itself.")
            % {"store": conversation.store.name, "channel": channel_title(conversation.store)},
            link=_link(conversation),
        )
    return address or name_in_thread(conversation)


def name_in_thread(conversation: Conversation) -> str:
    """What stands for an address where the platform passes words on."""
    identity = conversation.identity
    return identity.name or identity.key if identity else channel_title(conversation.store)


def _to_who_has_not_answered(conversation: Conversation, first: Delivery) -> str:
    """Whom more words reach where only we have written: that thread, or an address. Raises CannotAnswer."""
    if "@" in first.recipient:
        return first.recipient
    if platforms_thread(conversation.pk):
        return _in_thread(conversation, "")
    raise CannotAnswer(_("The buyer has not answered yet: until then, write once more from the order."))


def _newest(conversation: Conversation) -> Message | None:
    """The counterpart's newest message: where it wants the answer is where the answer goes."""
    theirs = conversation.messages.filter(direction=Direction.IN).exclude(
        kind__in=[MessageKind.BOUNCE, MessageKind.AUTOMATIC, MessageKind.PLATFORM_NOTICE]
    )
    return theirs.order_by("-occurred_at", "-pk").first()


def _address(conversation: Conversation, newest: Message | None) -> str:
    if newest is not None and newest.reply_to:
        return newest.reply_to
    return conversation.identity.key if conversation.identity and "@" in conversation.identity.key else ""


def _link(conversation: Conversation) -> str:
    """Where the platform itself shows the conversation, as the newest mail that has a link says."""
    for links in conversation.messages.exclude(links=[]).order_by("-pk").values_list("links", flat=True)[:1]:
        return next((str(link["url"]) for link in links), "")
    return ""
