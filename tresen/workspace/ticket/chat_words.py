"""What the ticket's screen says of its chat: whether the visitor is there, and how an answer reaches him."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.chats.ending import Why
from tresen.chats.models import Chat, Standing
from tresen.chats.presence import chat_in, is_there
from tresen.tickets import events
from tresen.tickets.facts import Event

OfChat = events.ChatOffered | events.ChatTaken | events.ChatEnded
ICONS: dict[type[Event], str] = {
    events.ChatOffered: "messages-square",
    events.ChatTaken: "messages-square",
    events.ChatEnded: "messages-square",
}


@dataclass(frozen=True, slots=True)
class ChatShown:
    """The visitor of the ticket's newest chat is there. `own`: this agent has it and may close it."""

    id: int
    name: str
    own: bool


def chat_shown(ticket_id: int, *, agent_id: int, at: datetime) -> ChatShown | None:
    """The chat of a ticket whose visitor is there; None where none is."""
    chats = Chat.objects.filter(conversation__ticket=ticket_id).select_related("store")
    newest = chats.order_by("-seen_at").first()
    if newest is None or not is_there(newest, at=at):
        return None
    own = newest.standing == Standing.TAKEN and newest.agent_id == agent_id
    return ChatShown(newest.pk, newest.name or newest.email, own=own)


def way_of_answer(conversation_id: int, *, at: datetime) -> str:
    """How an answer in a chat leaves; empty where the conversation is none."""
    chat = chat_in(conversation_id)
    if chat is None:
        return ""
    if is_there(chat, at=at):
        return _("Stands in the chat at once, and counts once the visitor’s page shows it.")
    return _("The visitor has left the chat: the answer leaves by mail.")


def chat_event_words(event: Event, agents: Mapping[int, str]) -> str:
    """The event as a sentence in the active language."""
    assert isinstance(event, OfChat)
    match event:
        case events.ChatOffered(agent=agent):
            return _("The chat was offered to %(who)s") % {"who": agents.get(agent, "?")}
        case events.ChatTaken(agent=agent):
            return _("%(who)s took the chat") % {"who": agents.get(agent, "?")}
        case events.ChatEnded(why=why):
            return str(_ENDED[Why(why)])


_ENDED: Mapping[Why, str | Promise] = {
    Why.NOT_TAKEN: gettext_lazy("Nobody took the chat: it stands in the queue"),
    Why.UNANSWERED: gettext_lazy("The chat was left unanswered: it stands in the queue"),
    Why.VISITOR_LEFT: gettext_lazy("The visitor left the chat"),
    Why.CLOSED: gettext_lazy("The chat was closed"),
    Why.AGENT_AWAY: gettext_lazy("Whoever had the chat is away: it stands in the queue"),
    Why.GIVEN_ON: gettext_lazy("The chat ended: the ticket went to others"),
    Why.SOLVED: gettext_lazy("The chat ended with the ticket"),
}
