"""How a fake Walmart writes its answers, and pages them."""

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import as_told

NOT_FOUND = "CONTENT_NOT_FOUND.GMP_ORDER_API"
MOST = 200


class Refusal(Exception):
    """Walmart does not do this."""

    def __init__(self, sentence: str, *, status: int = 400, code: str = "INVALID_REQUEST_PARAM.GMP_ORDER_API") -> None:
        super().__init__(sentence)
        self.status, self.code = status, code


def answered(told: object, *, status: int = 200) -> Response:
    """JSON."""
    return Response(json.dumps(told), status=status, mimetype="application/json")


def error(status: int, code: str, sentence: str) -> Response:
    """Walmart's shape of what went wrong."""
    return answered(
        {"errors": {"error": [{"code": code, "description": sentence, "severity": "ERROR"}]}}, status=status
    )


def milliseconds(at: datetime) -> int:
    """A time as orders tell it."""
    return int(at.timestamp() * 1000)


def asked_moment(request: Request, name: str) -> datetime | None:
    """A time that a request names."""
    said = request.args.get(name)
    return datetime.fromisoformat(said) if said else None


def page[T](request: Request, found: Sequence[T], *, usual: int) -> tuple[Sequence[T], str]:
    """The part that is asked for, and the query of the next one, ready to be appended; empty after the last."""
    most = min(int(request.args.get("limit", usual)), MOST)
    offset = int(request.args.get("soIndex", 0))
    following = {**request.args, "limit": str(most), "hasMoreElements": "true", "soIndex": str(offset + most)}
    more = offset + most < len(found)
    return as_told(request.environ, found[offset : offset + most]), f"?{urlencode(following)}" if more else ""
