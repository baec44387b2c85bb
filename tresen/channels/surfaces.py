"""Where at a channel a conversation is held."""

from enum import StrEnum


class Surface(StrEnum):
    """Where at the channel a conversation is held. What is a `COMMENT`, others read too."""

    DIRECT = ""
    COMMENT = "comment"
    """Below a post, for all to see."""
    BY_HAND = "by_hand"
    """At a telephone, on paper or at a counter, logged by whoever heard or read it: no platform knows of it."""
