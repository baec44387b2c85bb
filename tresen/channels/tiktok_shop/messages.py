"""From a message in a chat to what it is to us. Pure.

Buyers write; SHOP and CUSTOMER_SERVICE are people of the seller's, wherever they wrote, and this program; ROBOT is
TikTok Shop's chatbot, SYSTEM TikTok Shop itself.
"""

from tresen.channels.cards import card_facts
from tresen.channels.inbound import (
    Ignored,
    Inbound,
    InboundMessage,
    OwnAnswer,
    RawPayload,
    ReplyBy,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.limits import Author
from tresen.channels.senders import IdentityKind
from tresen.channels.senders import Sender as Writer
from tresen.channels.tiktok_shop.asking import moment
from tresen.channels.tiktok_shop.contents import ENTERED, Said, said
from tresen.channels.tiktok_shop.shapes import ChatMessage, Sender
from tresen.channels.typed_json import NotAsDocumented

BUYER = "BUYER"
OURS = frozenset({"SHOP", "CUSTOMER_SERVICE"})
HIDDEN, BY_SYSTEM = "not_shown_to_sellers", "words_of_the_platform"


def meaning_of(message: ChatMessage, conversation: str, payload: RawPayload) -> Inbound:
    """What the message is. Raises NotAsDocumented."""
    if not message.id or not conversation:
        raise NotAsDocumented("A message without a number, or of no conversation.")
    if not message.is_visible:
        return Ignored(reason=HIDDEN)
    words = said(message.type, message.content, plaintext=message.plaintext)
    if message.type in ENTERED:
        return _from_buyer(message, words, conversation, payload, waits=False)
    match message.sender.role:
        case "BUYER":
            return _from_buyer(message, words, conversation, payload, waits=True)
        case "ROBOT":
            return _answer(message, words, conversation, payload, author=Author.BOT)
        case role if role in OURS:
            return _answer(message, words, conversation, payload, author=Author.PERSON)
        case "SYSTEM":
            return Ignored(reason=BY_SYSTEM)
        case role:
            raise NotAsDocumented(f"{message.id}: the role “{role}” is not known.")


def _from_buyer(
    message: ChatMessage, words: Said, conversation: str, payload: RawPayload, *, waits: bool
) -> InboundMessage:
    return InboundMessage(
        external_id=message.id,
        sender=_writer(message.sender, conversation),
        occurred_at=min(moment(message.create_time), payload.recorded_at),
        subject="",
        text=words.text,
        full_text=words.text,
        expects_answer=waits,
        reply_by=ReplyBy.THREAD,
        thread_keys=_keys(conversation),
        order_ids=words.orders,
        item_ids=words.products,
        files=words.files,
        problems=words.problems,
        extra=card_facts(words.card),
    )


def _writer(sender: Sender, conversation: str) -> Writer:
    """A buyer by his number in chats; where TikTok Shop itself wrote for him, by the chat."""
    if sender.role == BUYER and sender.im_user_id:
        return Writer(kind=IdentityKind.USERNAME, key=sender.im_user_id, name=sender.nickname.strip())
    return Writer(kind=IdentityKind.SHARED, key=f"chat/{conversation}")


def _answer(message: ChatMessage, words: Said, conversation: str, payload: RawPayload, *, author: Author) -> OwnAnswer:
    return OwnAnswer(
        external_id=message.id,
        occurred_at=min(moment(message.create_time), payload.recorded_at),
        text=words.text or "\n".join(file.name for file in words.files),
        order_ids=words.orders,
        thread_keys=_keys(conversation),
        number=message.id,
        author=author,
        problems=words.problems,
        extra=card_facts(words.card),
    )


def _keys(conversation: str) -> tuple[ThreadKey, ...]:
    return (ThreadKey(kind=ThreadKeyKind.THREAD, value=conversation),)
