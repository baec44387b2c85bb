"""How long to wait before a reply is tried again. Pure."""

from datetime import datetime, timedelta
from random import Random

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=30)
GIVE_UP_AFTER = timedelta(days=5)
"""As long as mail servers try themselves (RFC 5321, 4.5.4.1)."""

_SPREAD = 0.25
# 30 s doubled seven times is past the longest pause.
_MOST_DOUBLINGS = 7


def pause_after(attempt: int, *, seed: int) -> timedelta:
    """The pause after attempt number `attempt` (1, 2, …): doubling, bounded, spread so that not all come back at once.

    `seed` tells one delivery from another; the same two numbers give the same pause.
    """
    doubled = min(FIRST_PAUSE * (1 << min(max(attempt - 1, 0), _MOST_DOUBLINGS)), LONGEST_PAUSE)
    spread = Random(seed * 1000 + attempt).uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - spreads load, guards nothing
    return doubled * spread


def tried_long_enough(since: datetime, *, at: datetime) -> bool:
    """Whether a reply that was given in at `since` is handed back to a person instead of being tried again."""
    return at - since >= GIVE_UP_AFTER
