"""What lies in Amazon's warehouses, page by page; a page's word for the next is good for 30 seconds."""

import base64
import binascii
import json
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from tresen.fakes.amazon.answers import said, text, wrong
from tresen.fakes.faults import as_told
from tresen.fakes.sales import Shelved
from tresen.fakes.world import World

_LASTS = timedelta(seconds=30)


def summaries(request: Request, world: World, marketplace: str, *, a_page: int) -> Response:
    """A page of products."""
    for name in ("granularityType", "granularityId", "marketplaceIds"):
        if name not in request.args:
            raise wrong(f"{name} is missing.")
    if request.args["marketplaceIds"] != marketplace:
        raise wrong("The account does not sell there.")
    last = _place(request.args.get("nextToken"), world)
    details = request.args.get("details") == "true"
    with world.alone():
        left = [world.stock[sku] for sku in sorted(world.stock) if sku > last]
        page = [_summary(one, details=details) for one in as_told(request.environ, left[:a_page])]
    here = {"granularityType": "Marketplace", "granularityId": marketplace}
    told: dict[str, object] = {"payload": {"granularity": here, "inventorySummaries": page}}
    if len(left) > a_page:
        token = json.dumps([left[a_page - 1].sku, world.now().isoformat()]).encode()
        told["pagination"] = {"nextToken": base64.urlsafe_b64encode(token).decode()}
    return said(told)


def _summary(one: Shelved, *, details: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "asin": one.item,
        "sellerSku": one.sku,
        "productName": one.title,
        "totalQuantity": one.available,
        "lastUpdatedTime": text(one.changed_at),
    }
    if details:
        told["inventoryDetails"] = {
            "fulfillableQuantity": one.available,
            "inboundWorkingQuantity": 0,
            "inboundShippedQuantity": 0,
            "inboundReceivingQuantity": 0,
            "reservedQuantity": {"totalReservedQuantity": 0},
        }
    return told


def _place(token: str | None, world: World) -> str:
    if not token:
        return ""
    try:
        sku, at = json.loads(base64.urlsafe_b64decode(token))
        made = datetime.fromisoformat(at)
    except (ValueError, binascii.Error):
        raise wrong("nextToken is none of ours.") from None
    if world.now() - made > _LASTS:
        raise wrong("nextToken has expired.")
    return str(sku)
