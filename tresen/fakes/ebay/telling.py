"""How eBay writes things: times, sums, errors, pages."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from babel.numbers import get_currency_precision
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import as_told


def stamp(at: datetime) -> str:
    """2026-11-30T09:00:00.000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def moment(at: datetime) -> dict[str, str]:
    """A time as Post-Order writes it."""
    return {"value": stamp(at), "formattedValue": stamp(at)}


def money(amount: int, currency: str) -> dict[str, str]:
    """A sum of minor units."""
    places = get_currency_precision(currency)
    return {"value": f"{amount / 10**places:.{places}f}", "currency": currency}


def said(answer: object, status: int = 200, **headers: str) -> Response:
    """An answer in JSON."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Response(json.dumps(answer), status=status, mimetype="application/json", headers=named)


class Refusal(HTTPException):
    """An answer of eBay's that is an error."""

    def __init__(self, status: int, number: int, message: str, *, domain: str = "API") -> None:
        error = {"errorId": number, "domain": domain, "category": "REQUEST", "message": message}
        super().__init__(response=said({"errors": [error]}, status))
        self.code = status


def asked(request: Request) -> dict[str, object]:
    """The body of a request, which must be JSON and say that it is."""
    if request.mimetype != "application/json":
        raise Refusal(400, 2004, "Content-Type must be application/json.")
    try:
        told = json.loads(request.get_data())
    except ValueError:
        raise Refusal(400, 2002, "Malformed JSON.") from None
    if not isinstance(told, dict):
        raise Refusal(400, 2002, "Malformed JSON.")
    return told


def paged[T](
    request: Request, found: Sequence[T], *, usual: int, most: int, in_step: bool = False
) -> tuple[dict[str, object], Sequence[T]]:
    """The page that a request wants, and what is said about it; `in_step`: the offset is a multiple of the limit."""
    limit, offset = _number(request, "limit", usual), _number(request, "offset", 0)
    if not 1 <= limit <= most:
        raise Refusal(400, 355009, f"Invalid limit. It must not exceed {most}.")
    if offset < 0 or (in_step and offset % limit):
        raise Refusal(400, 355008, "Invalid offset.")
    about: dict[str, object] = {"href": request.url, "limit": limit, "offset": offset, "total": len(found)}
    if offset + limit < len(found):
        about["next"] = request.url.replace(f"offset={offset}", f"offset={offset + limit}")
    return about, as_told(request.environ, found[offset : offset + limit])


def _number(request: Request, name: str, usual: int) -> int:
    try:
        return int(request.args.get(name, usual))
    except ValueError:
        raise Refusal(400, 355009, f"Invalid {name}.") from None


def time_in(text: str) -> datetime:
    """A time that a request names."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise Refusal(400, 355005, "Use ISO 8601 dates with UTC offset.") from None
