"""A fake Kaufland's offers."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.fakes.kaufland.answering import MERCHANT, Json, moment, number_of, paged, sent_by
from tresen.fakes.kaufland.orders import product_told
from tresen.fakes.sales import Shelved

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland

MOST = 100


def listed(fake: "FakeKaufland", request: Request) -> Json:
    """GET /units."""
    offer = request.args.get("id_offer", "")
    whole = request.args.get("embedded") == "products"
    levels = [
        level
        for level in sorted(fake.world.stock.values(), key=lambda one: one.sku)
        if sent_by(request, platform=False) and (not offer or level.sku == offer)
    ]
    return paged(request, [_unit(fake, level, whole=whole) for level in levels], most=MOST)


def _unit(fake: "FakeKaufland", level: Shelved, *, whole: bool) -> Json:
    product = {"product": product_told(fake, level.sku, level.item, level.title)} if whole else {}
    return {
        "status": "AVAILABLE" if level.available else "ONHOLD",
        "currency": "EUR",
        "condition": "NEW",
        "id_unit": max(1, number_of(level.sku)),
        "note": None,
        "listing_price": 4990,
        "minimum_price": 4990,
        "price": 4990,
        "id_offer": level.sku,
        "id_product": max(1, number_of(level.item)),
        "id_shipping_group": None,
        "id_warehouse": None,
        "amount": level.available,
        "date_inserted_iso": moment(level.changed_at),
        "date_lastchange_iso": moment(level.changed_at),
        "handling_time": 1,
        "shipping_rate": 0,
        "storefront": fake.site,
        "transport_time_min": 1,
        "transport_time_max": 3,
        "fulfillment_type": MERCHANT,
        "vat_indicator": "standard_rate",
        **product,
    }
