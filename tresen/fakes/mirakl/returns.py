"""A fake operator's returns."""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.fakes.mirakl.answering import asked_moment, moment, sought
from tresen.fakes.sales import GoodsBack, Sale
from tresen.fakes.world import NotPossible

if TYPE_CHECKING:
    from tresen.fakes.mirakl import FakeMirakl

type Json = dict[str, Any]

_STATES = {
    ReturnState.REQUESTED: "WAITING_ACCEPTANCE",
    ReturnState.AUTHORISED: "IN_PROGRESS",
    ReturnState.ON_THE_WAY: "IN_PROGRESS",
    ReturnState.REFUSED: "REFUSED",
    ReturnState.RECEIVED: "RECEIVED",
    ReturnState.REFUNDED: "CLOSED",
    ReturnState.CLOSED: "CLOSED",
}


def listed(fake: "FakeMirakl", request: Request) -> Json:
    """RT11."""
    since = asked_moment(request, "return_last_updated_from")
    until = asked_moment(request, "return_last_updated_to")
    numbers = request.args.getlist("return_id")
    orders = request.args.getlist("order_commercial_id")
    found = [
        (sale, back)
        for sale in fake.world.sales.values()
        for back in sale.returns
        if (not numbers or back.id in numbers)
        and (not orders or (sale.number.rpartition("-")[0] or sale.number) in orders)
        and (since is None or back.changed_at >= since)
        and (until is None or back.changed_at < until)
    ]
    told, token = sought(request, found, by=lambda one: f"{moment(one[1].changed_at)} {one[1].id}")
    return {"data": [_return(*one) for one in told], **({"next_page_token": token} if token else {})}


def decide(fake: "FakeMirakl", request: Request) -> Json:
    """RT21."""
    errors, successes = [], []
    for wanted in json.loads(request.get_data())["returns"]:
        try:
            fake.world.decide_return(wanted["id"], approve=wanted["accepted"])
            successes.append({"id": wanted["id"]})
        except NotPossible as wrong:
            errors.append({"id": wanted["id"], "message": str(wrong)})
    return {"return_errors": errors, "return_success": successes}


def _return(sale: Sale, back: GoodsBack) -> Json:
    return {
        "id": back.id,
        "order_id": sale.number,
        "order_commercial_id": sale.number.rpartition("-")[0] or sale.number,
        "state": _STATES[back.state],
        "date_created": moment(back.asked_at),
        "last_updated": moment(back.changed_at),
        "reason_code": back.reason,
        "description": back.comment,
        "method_code": "RETURN_METHOD_BY_MAIL",
        "return_address": {
            "city": "Musterstadt",
            "country_iso_code": "DEU",
            "street1": "Beispielweg 1",
            "zip_code": "12345",
        },
        "return_lines": [
            {"order_line_id": line.id, "quantity": line.quantity, "reason_code": back.reason} for line in sale.lines
        ],
    }
