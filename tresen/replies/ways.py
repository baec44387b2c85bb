"""How an answer leaves, where its channel has several ways and a person chooses on purpose."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tresen.channels.contract import AnswerWay, Surface
from tresen.replies.permitting import CannotAnswer
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation


def ways_of(conversation: Conversation) -> Sequence[AnswerWay]:
    """The ways to choose from; none where there is nothing to choose."""
    return connector_of(conversation.store).ways.get(Surface(conversation.surface), ())


def check_way(conversation: Conversation, chosen: str) -> str:
    """The way that was chosen, else the usual one; empty where there is none to choose.

    Raises CannotAnswer where none is usual: nobody answers for all to read without having chosen so.
    """
    offered = ways_of(conversation)
    chosen = chosen or next((one.key for one in offered if one.usual), "")
    if not offered:
        return ""
    if chosen not in {one.key for one in offered}:
        raise CannotAnswer(_("Choose how to answer: for all to read, or to the customer alone."))
    return chosen


def is_answer(conversation: Conversation, way: str) -> bool:
    """Whether what leaves by this way is an answer; else whoever it goes to still waits for one."""
    return all(one.answers for one in ways_of(conversation) if one.key == way)
