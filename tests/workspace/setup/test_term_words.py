"""Until when a credential holds is said to whoever can do something about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tresen.stores.terms.queries import TermStanding
from tresen.workspace.setup.term_words import ending_words, term_words

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TERM = TermStanding(
    label="Access token",
    ends_at=AT + 10 * DAY,
    at_latest=False,
    renews=True,
    by_consent=False,
    next_at=AT + 5 * DAY,
    failing_since=None,
    trouble="",
    then="",
    pressing=True,
)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (TERM, "holds until 10 December 2026; is renewed by itself on 5 December 2026"),
        (replace(TERM, at_latest=True), "is about to be renewed"),
        (replace(TERM, failing_since=AT), "holds until 10 December 2026"),
        (replace(TERM, renews=False), "holds until 10 December 2026"),
        (replace(TERM, renews=False, at_latest=True), "holds until 10 December 2026 at the latest"),
        (replace(TERM, renews=False, ends_at=None), "does not end"),
    ],
)
def test_how_long_it_holds_is_one_line(term: TermStanding, words: str) -> None:
    assert term_words(term) == words


ENTER = "Make a new one at the platform and enter it on the page of the store’s connection."


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (
            replace(TERM, failing_since=AT - 3 * DAY, trouble="503 down"),
            (
                "Access token: could not be renewed since 27 November 2026. "
                "The platform has trouble of its own and does not answer as it should. "
                f"It ends on 10 December 2026. Then nothing is read and no answer leaves. {ENTER}"
            ),
        ),
        (
            replace(TERM, renews=False, at_latest=True, by_consent=True),
            (
                "Access token: ends on 10 December 2026 at the latest. Then nothing is read and no answer leaves. "
                "Sign in at the platform again, on the page of the store’s connection."
            ),
        ),
        (
            replace(TERM, renews=False, then="Then no refunds leave."),
            f"Access token: ends on 10 December 2026. Then no refunds leave. {ENTER}",
        ),
        (replace(TERM, ends_at=AT - DAY), f"Access token: ended on 29 November 2026. {ENTER}"),
        (
            replace(TERM, ends_at=AT - DAY, at_latest=True),
            f"Access token: was to end on 29 November 2026 at the latest. {ENTER}",
        ),
    ],
)
def test_what_is_pressing_says_when_it_ends_and_what_to_do(term: TermStanding, words: str) -> None:
    assert ending_words(term, at=AT) == words
