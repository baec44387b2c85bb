"""How Amazon's interface says things: JSON, errors in a list, the rate in a header."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from werkzeug.wrappers import Request, Response


class Refusal(Exception):
    """The platform says no."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def response(self) -> Response:
        """As Amazon puts it."""
        return said({"errors": [{"code": self.code, "message": self.message, "details": ""}]}, self.status)


def said(told: Mapping[str, object], status: int = 200) -> Response:
    """An answer."""
    return Response(json.dumps(told), status=status, content_type="application/json")


def wrong(message: str) -> Refusal:
    """The request is not as documented."""
    return Refusal(400, "InvalidInput", message)


def unknown(message: str) -> Refusal:
    """There is no such thing."""
    return Refusal(404, "NotFound", message)


def body_of(request: Request) -> dict[str, object]:
    """The JSON of a request. Raises Refusal."""
    try:
        told = json.loads(request.get_data())
    except ValueError:
        raise wrong("The body is no JSON.") from None
    if not isinstance(told, dict):
        raise wrong("The body is no object.")
    return told


def instant(text: str, name: str) -> datetime:
    """A time of a request. Raises Refusal."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise wrong(f"{name} is no time.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def text(at: datetime) -> str:
    """A time as Amazon writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
