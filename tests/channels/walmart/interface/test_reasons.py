"""Every word of Walmart's lists of reasons has a meaning, but for one that nobody has described."""

import re

from tests.channels.specifications.documents import document, needs_specifications
from tresen.channels.order_door import OrderAction
from tresen.channels.walmart import CONNECTOR

pytestmark = needs_specifications


def found(told: object, name: str) -> list[dict[str, object]]:
    """What a specification says of a property, wherever it stands."""
    if isinstance(told, list):
        return [one for part in told for one in found(part, name)]
    if not isinstance(told, dict):
        return []
    here = [told[name]] if isinstance(told.get(name), dict) else []
    return here + [one for part in told.values() for one in found(part, name)]


def test_why_buyers_send_back_is_said_in_words() -> None:
    (told,) = found(document("walmart/specs/us-mp-returns.json"), "returnReason")
    listed = re.findall(r"[A-Z][A-Z_/]+[A-Z]", str(told["description"]))
    assert len(listed) > 15
    assert set(listed) <= CONNECTOR.reasons.keys()


def test_why_money_went_back_is_said_in_words() -> None:
    told = found(document("walmart/specs/us-mp-orders.json"), "refundReason")
    listed = {str(word) for one in told for word in one.get("enum", ())}  # type: ignore[attr-defined]
    known = CONNECTOR.reasons.keys() | CONNECTOR.actions[OrderAction.REFUND].reasons.keys()
    assert listed - known == {"Finance -> Rollback"}
