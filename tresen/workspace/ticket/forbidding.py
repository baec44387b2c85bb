"""What the platform forbids in an answer, said while one writes it."""

from datetime import datetime

from tresen.replies.permitting import CannotAnswer, check_words
from tresen.tickets.models import Conversation


def forbidden_words(conversation: Conversation, text: str, *, at: datetime) -> str:
    """Why the platform would not take this text there, in a sentence; empty where it would."""
    try:
        check_words(text, conversation.store, surface=conversation.surface, at=at)
    except CannotAnswer as cannot:
        return str(cannot)
    return ""
