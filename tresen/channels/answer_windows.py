"""While a platform takes answers: windows that each message of the customer's opens anew. Pure.

A limit says when an answer is late; a window says when there can be none any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.channels.limits import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWindow:
    """Until `closes_at` (UTC) the platform takes answers by these authors. `key` and `title` as its rules name it."""

    key: str
    title: str
    authors: frozenset[Author]
    closes_at: datetime


def window_for(windows: Sequence[AnswerWindow], author: Author, at: datetime) -> AnswerWindow | None:
    """The window through which an answer by this author leaves at `at`: the first to close that takes it."""
    open_ones = (one for one in windows if author in one.authors and at < one.closes_at)
    return min(open_ones, key=lambda one: one.closes_at, default=None)
