"""A fake Kaufland's order unit by itself, with what is asked for beside it."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.fakes.kaufland.answering import Json
from tresen.fakes.kaufland.orders import piece_of, unit_told
from tresen.fakes.kaufland.returns import return_of
from tresen.fakes.kaufland.tickets import tickets_of

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland


def unit(fake: "FakeKaufland", request: Request, id_order_unit: int) -> Json:
    """GET /order-units/{id_order_unit}."""
    piece = piece_of(fake, id_order_unit)
    told = unit_told(fake, piece)
    match request.args.get("embedded"):
        case "return_unit":
            told["return_unit"] = return_of(fake, piece)
        case "tickets":
            told["tickets"] = tickets_of(fake, piece.sale)
    return {"data": told}
