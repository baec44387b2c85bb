"""How a fake OTTO writes its answers, and pages them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from tresen.channels.money import in_decimals

type Json = dict[str, Any]


class Refusal(Exception):
    """OTTO does not do this."""

    def __init__(self, title: str, detail: str, *, status: int = 400, where: str = "") -> None:
        super().__init__(detail)
        self.status, self.title, self.where = status, title, where


def answered(told: object, *, status: int = 200) -> Response:
    """JSON."""
    return Response(json.dumps(told), status=status, mimetype="application/json")


def error(request: Request, status: int, title: str, detail: str, where: str = "") -> Response:
    """OTTO's shape of what went wrong."""
    told = {"path": request.path, "title": title, "detail": detail, **({"jsonPath": where} if where else {})}
    return answered({"errors": [told]}, status=status)


def written(at: datetime) -> str:
    """A time as OTTO tells it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def asked_moment(request: Request, name: str) -> datetime | None:
    """A time or a day that a request names."""
    said = request.args.get(name)
    at = datetime.fromisoformat(said) if said else None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def money(amount: int, currency: str) -> Json:
    """A sum in whole units."""
    return {"amount": float(in_decimals(amount, currency)), "currency": currency}


def limit_of(request: Request, *, usual: int, most: int) -> int:
    """How many entries are wanted. Raises Refusal for more than there may be."""
    limit = int(request.args.get("limit", usual))
    if not 0 < limit <= most:
        raise Refusal("BAD_REQUEST", f"limit must be between 1 and {most}.")
    return limit


def link(path: str, **query: object) -> Json:
    """Where a list goes on."""
    return {"rel": "next", "href": f"{path}?{urlencode(query)}"}


def cursor_of(*parts: object) -> str:
    """A word that nobody reads but who gave it."""
    return urlsafe_b64encode(json.dumps(parts).encode()).decode()


def parts_of(cursor: str) -> list[Any]:
    """What the word was made of. Raises Refusal for one that nobody gave."""
    try:
        told = json.loads(urlsafe_b64decode(cursor))
    except ValueError:
        raise Refusal("BAD_REQUEST", "The cursor is not known.") from None
    return list(told)
