"""The seller's queue at AWS: what changes is put into it, and stays until it is deleted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import dumps
from secrets import token_hex

from werkzeug.wrappers import Request, Response

from tresen.channels.amazon.interface.signing import SigningKey, signed_headers
from tresen.fakes.amazon.answers import body_of, text
from tresen.fakes.amazon.orders import status_of
from tresen.fakes.faults import as_told
from tresen.fakes.sales import Sale
from tresen.fakes.world import World

_PROOF = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/sqs/aws4_request, SignedHeaders=([^,]+), .+")
_SKEW = timedelta(minutes=15)
_STATUSES = {
    "CANCELLED": "Canceled",
    "SHIPPED": "Shipped",
    "PARTIALLY_SHIPPED": "PartiallyShipped",
    "UNSHIPPED": "Unshipped",
}


@dataclass(slots=True)
class Waiting:
    """A message. It is handed out again when nobody has deleted it by `hidden_until`."""

    id: str
    body: str
    hidden_until: datetime
    handles: set[str] = field(default_factory=set)


class Queue:
    """The queue of one account. `key` is the IAM user's."""

    def __init__(self, world: World, marketplace: str, *, key_id: str, secret: str) -> None:
        self.world, self.marketplace, self.key_id, self.secret = world, marketplace, key_id, secret
        self.waiting: list[Waiting] = []
        world.listeners.append(self._changed)

    def put(self, body: str) -> None:
        """Amazon puts a message there."""
        with self.world.alone():
            self.waiting.append(Waiting(self.world.number("msg"), body, self.world.now()))

    def answer(self, request: Request) -> Response:
        """What SQS says in its JSON protocol."""
        if not self._is_signed(request):
            return _refused(403, "InvalidSignatureException", "The request signature we calculated does not match.")
        told = body_of(request)
        match request.headers.get("X-Amz-Target", ""):
            case "AmazonSQS.ReceiveMessage":
                return self._receive(request, told)
            case "AmazonSQS.DeleteMessageBatch":
                return self._delete(told)
            case _:
                return _refused(400, "InvalidAction", "The action is not valid for this endpoint.")

    def _receive(self, request: Request, told: Mapping[str, object]) -> Response:
        found: list[dict[str, str]] = []
        with self.world.alone():
            at = self.world.now()
            most = int(str(told.get("MaxNumberOfMessages", 1)))
            for one in [each for each in self.waiting if each.hidden_until <= at][:most]:
                handle = token_hex(16)
                one.handles.add(handle)
                one.hidden_until = at + timedelta(seconds=int(str(told.get("VisibilityTimeout", 30))))
                found.append({"MessageId": one.id, "ReceiptHandle": handle, "Body": one.body})
        return _said({"Messages": as_told(request.environ, found)} if found else {})

    def _delete(self, told: Mapping[str, object]) -> Response:
        entries = told.get("Entries")
        if not isinstance(entries, list) or not 0 < len(entries) <= 10:  # noqa: PLR2004 - SQS takes ten at once
            return _refused(400, "TooManyEntriesInBatchRequest", "Between one and ten entries.")
        gone = {entry["ReceiptHandle"] for entry in entries}
        with self.world.alone():
            self.waiting = [one for one in self.waiting if not one.handles & gone]
        return _said({"Successful": [{"Id": entry["Id"]} for entry in entries], "Failed": []})

    def _is_signed(self, request: Request) -> bool:
        proof = request.headers.get("Authorization", "")
        found = _PROOF.fullmatch(proof)
        if found is None or found[1] != self.key_id:
            return False
        try:
            at = datetime.strptime(request.headers.get("X-Amz-Date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return False
        names = [name for name in found[3].split(";") if name not in {"host", "x-amz-date"}]
        right = signed_headers(
            SigningKey(id=self.key_id, secret=self.secret, region=found[2], service="sqs"),
            method=request.method,
            address=request.base_url,
            headers={name: request.headers.get(name, "") for name in names},
            body=request.get_data(),
            at=at,
        )
        return right["Authorization"] == proof and abs(self.world.now() - at) < _SKEW

    def _changed(self, sale: Sale) -> None:
        """An ORDER_CHANGE, as its schema has it."""
        at = text(sale.changed_at)
        told = {
            "NotificationVersion": "1.0",
            "NotificationType": "ORDER_CHANGE",
            "PayloadVersion": "1.0",
            "EventTime": at,
            "Payload": {"OrderChangeNotification": _change(sale, self.marketplace)},
            "NotificationMetadata": {
                "ApplicationId": "amzn1.sellerapps.app.example",
                "SubscriptionId": "subscription",
                "PublishTime": at,
                "NotificationId": self.world.number("notification"),
            },
        }
        self.put(dumps(told))


def _change(sale: Sale, marketplace: str) -> dict[str, object]:
    asked = sale.cancel_asked_at is not None
    reason = "Buyer Requested Cancel" if asked else "Order Status Change"
    items = [
        {
            "OrderItemId": line.id,
            "SellerSKU": line.sku,
            "Quantity": line.quantity,
            "QuantityShipped": line.shipped,
            "IsBuyerRequestedCancel": asked,
        }
        for line in sale.lines
    ]
    return {
        "NotificationLevel": "OrderLevel",
        "SellerId": "A3EXAMPLE",
        "AmazonOrderId": sale.number,
        "OrderChangeType": "BuyerRequestedChange" if asked and not sale.cancelled_at else "OrderStatusChange",
        "OrderChangeTrigger": {"TimeOfOrderChange": text(sale.changed_at), "ChangeReason": reason},
        "Summary": {
            "MarketplaceId": marketplace,
            "OrderStatus": _STATUSES[status_of(sale)],
            "PurchaseDate": text(sale.ordered_at),
            "FulfillmentType": "AFN" if sale.by_platform else "MFN",
            "OrderType": "StandardOrder",
            "OrderItems": items,
        },
    }


def _said(told: Mapping[str, object]) -> Response:
    return Response(dumps(told), content_type="application/x-amz-json-1.0")


def _refused(status: int, kind: str, message: str) -> Response:
    told = {"__type": f"com.amazonaws.sqs#{kind}", "message": message}
    return Response(dumps(told), status=status, content_type="application/x-amz-json-1.0")
