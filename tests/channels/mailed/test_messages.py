from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.payloads import RECEIVED, RECORDED, at, mail_payload, written
from tresen.channels.mailed.messages import THE_FIRST, occurred_at


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        (RECEIVED, RECEIVED),
        (RECORDED + timedelta(days=3), RECORDED),
        (datetime(1970, 1, 1, tzinfo=UTC), THE_FIRST),
        (datetime(2300, 1, 1, tzinfo=UTC), RECORDED),
    ],
)
def test_a_server_without_its_clock_stamps_no_time_that_can_not_be(received: datetime, counts: datetime) -> None:
    payload = at(mail_payload(written("Hallo")), received_at=received, recorded_at=RECORDED)
    assert occurred_at(payload) == counts
