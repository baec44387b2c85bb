"""Negative and neutral feedback becomes notices."""

from datetime import UTC, datetime

import pytest

from tests.channels.amazon.interface.stores import account, ago, last_days, parsed, payload, read_all, sale, store
from tests.channels.payloads import RECEIVED
from tresen.channels.amazon import CONNECTOR
from tresen.channels.amazon.interface.feedback import FEED
from tresen.channels.contract import Inbound, NoticeKind, PlatformNotice, RawPayload, Source, StoreView, Unreadable
from tresen.channels.feeds import Told
from tresen.fakes.amazon.reports import Rated

NUMBER = "303-1000001-2000001"


def read(*lines: str, marketplace: str = "amazon.de") -> list[Inbound]:
    body = "\n".join(("Datum\tBewertung\tKommentar\tAntwort\tBestellnummer\tE-Mail", *lines)).encode()
    given = payload(Told(about="feedback", body=body))
    seen = StoreView(id=1, channel="amazon", marketplace=marketplace)
    return list(
        CONNECTOR.parse(
            RawPayload(
                number=1,
                source=Source.API,
                body=body,
                received_at=given.received_at,
                recorded_at=given.recorded_at,
                store=seen,
                about="feedback",
            )
        )
    )


def test_what_the_fakes_buyers_rated_is_told() -> None:
    fake = account(sale())
    fake.reports.rated += [
        Rated(order=NUMBER, rating=1, words="Kam nie an – schade", at=ago(hours=20)),
        Rated(order="303-1000001-2000002", rating=5, words="Good", at=ago(hours=20)),
    ]

    (found,) = parsed(read_all(FEED, store(fake), last_days()))

    assert isinstance(found, PlatformNotice)
    assert (found.kind, found.order_ids, found.text) == (
        NoticeKind.NEGATIVE_FEEDBACK,
        (NUMBER,),
        "Kam nie an – schade",
    )
    assert found.extra == {"rating": "1"}


@pytest.mark.parametrize(("rating", "told"), [("1", 1), ("2", 1), ("3", 1), ("4", 0), ("5", 0)])
def test_only_what_is_not_positive_is_told(rating: str, told: int) -> None:
    assert len(read(f"2026/11/18\t{rating}\tMeh\t\t{NUMBER}\t")) == told


def test_a_rating_that_was_changed_is_told_anew() -> None:
    lines = [f"2026/11/18\t{rating}\t{words}\t\t{NUMBER}\t" for rating, words in (("1", "Bad"), ("1", "Worse"))]

    first, again, changed = (read(line)[0] for line in (lines[0], lines[0], lines[1]))

    assert isinstance(first, PlatformNotice)
    assert isinstance(again, PlatformNotice)
    assert isinstance(changed, PlatformNotice)
    assert first.external_id == again.external_id != changed.external_id


@pytest.mark.parametrize(
    ("written", "marketplace", "day"),
    [
        ("2026/11/08", "amazon.de", (2026, 11, 8)),
        ("8.11.2026", "amazon.de", (2026, 11, 8)),
        ("08/11/26", "amazon.co.uk", (2026, 11, 8)),
        ("11/8/26", "amazon.com", (2026, 11, 8)),
    ],
)
def test_days_are_read_as_the_marketplace_writes_them(
    written: str, marketplace: str, day: tuple[int, int, int]
) -> None:
    (found,) = read(f"{written}\t1\tBad\t\t{NUMBER}\t", marketplace=marketplace)

    assert isinstance(found, PlatformNotice)
    assert found.occurred_at == datetime(*day, 12, tzinfo=UTC)


@pytest.mark.parametrize("written", ["yesterday", "31/31/2026", "2027/01/01"])
def test_a_day_that_is_none_or_to_come_is_the_reports_own(written: str) -> None:
    (found,) = read(f"{written}\t1\tBad\t\t{NUMBER}\t")

    assert isinstance(found, PlatformNotice)
    assert found.occurred_at == RECEIVED


def test_the_older_report_with_more_columns_is_read_too() -> None:
    (found,) = read(f"2026/11/18\t2\tLate\t\tNo\tYes\tNo\t{NUMBER}\tx@marketplace.amazon.de\tBuyer")

    assert isinstance(found, PlatformNotice)
    assert found.order_ids == (NUMBER,)


def test_a_row_that_is_odd_costs_no_other() -> None:
    found = read(f"2026/11/18\tbad\tLate\t\t{NUMBER}", "x", f"2026/11/18\t2\tLate\t\t{NUMBER}")

    assert [type(one) for one in found] == [Unreadable, Unreadable, PlatformNotice]
