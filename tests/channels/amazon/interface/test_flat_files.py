"""A report's rows are read in every dress they come in."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.amazon.interface.stores import payload
from tests.channels.payloads import RECEIVED
from tresen.channels.amazon.interface.flat_files import MOST_BYTES, prepared_at, rows
from tresen.channels.feeds import Told
from tresen.channels.typed_json import NotAsDocumented

TEXT = "order-id\tReturn_Reason\r\n303-1\tZu groß\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (TEXT.encode(), {}),
        (TEXT.encode("utf-8-sig"), {}),
        (TEXT.encode("cp1252"), {}),
        (TEXT.encode("cp1252"), {"content-type": "text/plain;charset=Cp1252"}),
        (TEXT.encode("utf-16"), {"content-type": 'text/plain; charset="utf-16"'}),
        (TEXT.encode(), {"content-type": "text/plain; charset=no-such-thing"}),
        (gzip.compress(TEXT.encode()), {"compression": "GZIP"}),
    ],
)
def test_rows_are_read_by_their_columns(body: bytes, headers: dict[str, str]) -> None:
    told = payload(Told(about="returns", body=body, headers=headers))

    assert rows(told) == [{"order id": "303-1", "return reason": "Zu groß"}]


def test_what_is_not_compressed_as_announced_is_no_report() -> None:
    with pytest.raises(NotAsDocumented):
        rows(payload(Told(about="returns", body=b"plain", headers={"compression": "GZIP"})))


def test_a_report_that_would_fill_the_memory_is_none() -> None:
    bomb = gzip.compress(b"x" * (MOST_BYTES + 1))

    with pytest.raises(NotAsDocumented, match="larger"):
        rows(payload(Told(about="returns", body=bomb, headers={"compression": "GZIP"})))


def test_a_report_is_as_old_as_amazon_says_and_never_of_the_future() -> None:
    made = (RECEIVED - timedelta(hours=1)).isoformat()

    def at(prepared: str) -> datetime:
        return prepared_at(payload(Told(about="returns", body=b"", headers={"prepared": prepared})))

    assert at(made) == RECEIVED - timedelta(hours=1)
    assert at("") == at("soon") == RECEIVED
    assert at("2030-01-01T00:00:00Z") < datetime(2027, 1, 1, tzinfo=UTC)
