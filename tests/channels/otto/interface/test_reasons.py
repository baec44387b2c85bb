"""Every word of OTTO's lists of reasons has a meaning."""

import pytest

from tests.channels.specifications.documents import document, needs_specifications
from tresen.channels.otto import CONNECTOR

pytestmark = needs_specifications


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("AcceptedStatusDataReturnsV3", "reason"),
        ("RejectedStatusDataReturnsV3", "reason"),
        ("ReceiptReceiptsV3", "refundType"),
        ("ReceiptReceiptsV3", "partialRefundType"),
    ],
)
def test_what_otto_lists_is_said_in_words(model: str, name: str) -> None:
    listed = document("otto/facts/otto-market-skeleton.json")["models"][model][name]["values"]
    assert listed
    assert set(listed) <= CONNECTOR.reasons.keys()
