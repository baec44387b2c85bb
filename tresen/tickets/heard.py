"""The words of messages, for the steps of a run: what was filed in it is at hand, older ones are read."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tresen.batches.cursors import batch_cursor
from tresen.tickets import ledger

LONGEST = 20_000
"""Characters that are read: what matters is said early, and a text of megabytes must not hold up a batch."""


class Heard(NamedTuple):
    """What a message says, without quoted history, and in which language ("" when nobody can tell)."""

    text: str
    language: str


def hear(words: Mapping[int, Heard]) -> None:
    """Let the steps of this run find what these messages say, by id, without reading it back."""
    _at_hand().update(words)


def heard(messages: Iterable[int]) -> dict[int, Heard]:
    """What these messages say."""
    at_hand = _at_hand()
    wanted = list(messages)
    found = {message: at_hand[message] for message in wanted if message in at_hand}
    missing = [message for message in wanted if message not in found]
    return found | _read(missing) if missing else found


def _at_hand() -> dict[int, Heard]:
    return ledger.memo("heard", dict[int, Heard])


def _read(messages: list[int]) -> dict[int, Heard]:
    with batch_cursor() as cursor:
        cursor.execute(
            "SELECT id, left(text, %s::int), language FROM tickets_message WHERE id = ANY(%b::bigint[])",
            [LONGEST, messages],
        )
        return {message: Heard(text, language) for message, text, language in cursor}
