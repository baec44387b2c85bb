"""Which conversations a message of ours reaches: the one that it stands in, and those of others who read it too."""

from tresen.tickets.models import Conversation, Message

ALSO = "also"
"""Among a message's facts: the ids of the conversations with the others."""


def conversations_of(message: Message) -> list[Conversation]:
    """The conversations that it reaches, its own first."""
    own = message.conversation
    assert own is not None  # a reply always stands in a conversation
    also = [int(part) for part in message.facts.get(ALSO, "").split(",") if part]
    return [own, *Conversation.objects.filter(pk__in=also).order_by("pk")] if also else [own]


def suffix(message: Message, reached: Conversation) -> str:
    """What tells the cause of a fact in one of the other conversations from that in its own."""
    return "" if reached.pk == message.conversation_id else f":{reached.pk}"
