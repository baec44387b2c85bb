"""How an answer leaves, where its channel has several ways and a person chooses on purpose."""

from django.utils.translation import gettext as _

from tresen.outbox.chosen_ways import spent_ways, ways_of
from tresen.replies.permitting import CannotAnswer
from tresen.tickets.models import Conversation


def check_way(conversation: Conversation, chosen: str) -> str:
    """The way that was chosen, else the usual one; empty where there is none to choose.

    Raises CannotAnswer where none is usual: nobody answers for all to read without having chosen so.
    """
    offered = ways_of(conversation)
    chosen = chosen or next((one.key for one in offered if one.usual), "")
    if not offered:
        return ""
    if chosen not in {one.key for one in offered}:
        raise CannotAnswer(_("Choose who may read this: everybody, or its writer alone."))
    return chosen


def check_not_spent(conversation: Conversation, way: str, *, seen_up_to: int) -> None:
    """Raises CannotAnswer where this way leaves once for each message of theirs, and has."""
    if way in spent_ways(conversation, seen_up_to=seen_up_to):
        raise CannotAnswer(_(next(one.once for one in ways_of(conversation) if one.key == way)))
